"""The window: all Qt of the app, and all its sentences for people.

    run          opens the window on the parts that the composition root hands over
    main_window  rail, banner, pages, status line; remembers size and page
    desk         what every page is handed: ops, live, settings, theme, notices, changes
    ops          work for the clerk's thread, answers on the GUI thread
    bridge       results of the camera's threads -> GUI thread, newest wins
    page         what a page is; pages/ holds the five
    theme icons  tokens, light and dark; SVG icons tinted by token
    words        every text, one module a page; translation loads the German ones
    widgets      buttons, empty state, toast and other small parts

Widgets hold no rules: a page asks the service through `ops` and renders values.
"""
