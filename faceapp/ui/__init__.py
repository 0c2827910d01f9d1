"""The window: all of the app's Qt code and user-facing text.

    run          opens the window on the parts that the composition root provides
    main_window  rail, banner, pages, status line; remembers size and page
    desk         the dependencies of every page: ops, camera, settings, theme, notices, ...
    ops          runs jobs on other threads, delivers the answers on the GUI thread
    bridge       delivers the camera threads' results on the GUI thread, newest wins
    page         the interface of a page; pages/ holds the five
    theme icons  tokens, light and dark; SVG icons tinted by token
    words        every text, one module per page; translation loads the German ones
    widgets      buttons, empty state, toast and other small parts

Widgets contain no rules: a page calls the service through `ops` and renders the values.
"""
