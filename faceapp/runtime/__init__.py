"""All threads of the app: how work leaves the window and comes back. No Qt, no SQL, no pixels.

The rooms: `mailbox` is one slot between two threads (pictures may be lost), `clerk` the one thread
that owns the database (facts may not). `session` runs camera and pipeline on two threads, `live`
only the camera, for whoever looks at its frames on a thread that is there already;
`recorder` turns its sightings into entries, `keeper` gives it a new gallery when people change.
`parallel` looks at many pictures at once and `intake` makes enrolment samples of them.
"""
