"""All threads of the app: how work leaves the window and comes back. No Qt, no SQL, no pixels.

The rooms: `mailbox` is one slot between two threads (pictures may be lost), `clerk` the one thread
that writes to the database (facts may not), `reader` one for long lists of what is in it,
`background` a thread for what has nothing to do with it. `capture` reads the camera, `session` runs
it and the pipeline on two threads, `threaded` only the camera, for a caller that looks at its
frames on a thread of its own. `sightings` makes sightings of the session's frames, `recorder` turns
them into entries, `keeper` gives the session a new gallery when people change. `parallel` looks at
many pictures at once, `intake` makes enrolment samples of them, `likeness` checks whose face those
show.
"""
