"""All threads of the app: how work leaves the window and comes back. No Qt, no SQL, no pixels.

From camera to result: `capture` reads the camera, `mailbox` is the one slot between two threads
(pictures may be lost), `session` runs camera and pipeline on two threads, `threaded` only the
camera. From result to database: `sightings` takes the sightings out of a result, `recorder` turns
them into entries, `clerk` is the one thread that writes (facts may not be lost), `reader` another
one for long reads, `keeper` gives the session a new gallery when people change. Enrolling:
`parallel` looks at many pictures at once, `intake` makes samples of them, `likeness` checks whose
face those show. `background` is a thread for all other slow work.
"""
