"""All threads of the app: how work leaves the window and comes back. No Qt, no SQL, no pixels.

From camera to result: `capture` reads the camera; `mailbox` is the one slot between two threads
(pictures may be lost); `session` runs camera and pipeline on two threads, `threaded` only the
camera; `pace` spares frames while nobody is there. From result to database: `sightings` extracts
the sightings from a result; `recorder` turns them into entries; `clerk` is the only thread that
writes (facts may not be lost), `reader` another thread for lists; `keeper` gives the session a new
gallery when people change. Enrolment: `parallel` processes many pictures at once, `intake` makes
samples of them, and `saving` saves the chosen ones. `background` is a thread for all other slow
work.
"""
