<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>faceapp</name>
    <message>
        <source>Attendance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attendance by day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entr&amp;ies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>forgotten person</source>
        <extracomment>stands for a name that was deleted</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>here</source>
        <extracomment>state of a person's day: came and has not left</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was here</source>
        <extracomment>state of a person's day: came and left</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>missing</source>
        <extracomment>state of a person's day</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hours}:{minutes:02d}</source>
        <extracomment>hours and minutes of a day</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>struck: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>added: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>similarity {similarity:.2f}, needed {threshold:.2f}, model {model}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{date} {time} ({zone}, UTC{offset})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} struck</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{here} came · {missing} missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No entries in this range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entries appear when people are recognized, or when you add one by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No attendance yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Take attendance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Correct…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing rows:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} row written to {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} rows written to {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program holds {path}. It was written to {instead} in its place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close that program before the next export.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the &amp;folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attendance</source>
        <extracomment>beginning of an export's file name</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the attendance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is overwritten: the old row stays visible, struck, together with the reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Strike an entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;hange its time or kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add a missing entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a row of the table first to strike one of its entries.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for example: wrong person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wrong person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>forgot to check in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>forgot to check out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>worked elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>camera was off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A reason is needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reason is too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a person of the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This time is still to come</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The entry was struck</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The entry was struck and the right one added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The entry was added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} · {date} · {time} · {kind}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <extracomment>closes the banner</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ID</source>
        <extracomment>the operator's own code of a person</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yesterday {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dddd d MMMM</source>
        <extracomment>Qt's date format: Monday 23 November</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enrol somebody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add samples to {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By camera, or from pictures. No picture is kept, only what tells faces apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as it shall be shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>your own code, for example P07</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>type a group and press Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the group {group}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This person a&amp;greed to face recognition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the person, then tick the box above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None yet. The camera takes them, or choose pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} sample taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} samples taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {n} more refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove this sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file}: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;hoose pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a &amp;folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>or drop pictures, videos or folders here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let go to add them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at pictures:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pictures or videos were found in what was chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add &amp;samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start &amp;over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is enrolled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} sample added to {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} samples added to {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is e&amp;nough</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This looks like {name} ({person}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O&amp;pen that person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is some&amp;one else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as someone else than {name}, as you said.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is this you?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look into the camera once more: a test recognition.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recognized as {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recognized as {other} instead. Check who this is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not recognized yet. More samples, or better light, will help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{known} of {all} pictures are recognized by the others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One sample only: add more, so that the person is recognized reliably.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attendance is not taken while somebody is enrolled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name is needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An ID is needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has this ID already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At least one sample is needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More samples make it more reliable: 5 are good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the poses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {all} poses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>front</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left</source>
        <extracomment>the head is turned left</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right</source>
        <extracomment>the head is turned right</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up</source>
        <extracomment>the head is lifted</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>down</source>
        <extracomment>the head is lowered</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look straight into the camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn your head a little to your left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn your head a little to your right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lift your chin a little</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lower your chin a little</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look into the camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One person at a time, please</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This does not look like a living face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is another face than before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All poses are there, thank you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera is off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no face found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>several faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not a living face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same as another</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>enough of these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not readable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Start taking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop taking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch the camera on and record who is recognized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record nobody any more and switch the camera off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taking attendance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview: nothing is recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview</source>
        <extracomment>button: look at the camera without recording</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the camera's picture without recording anybody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{here} here · {missing} missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{here} here · {left} left · {missing} missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here</source>
        <extracomment>list of the people who are here today</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing</source>
        <extracomment>list of the people who are missing today</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No entries yet today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is here yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;xport today…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attendance-{date}.csv</source>
        <extracomment>proposed name of the file</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for cameras again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Near</source>
        <extracomment>range: up to two metres</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Far</source>
        <extracomment>range: a class or a hall</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People come to the camera, up to about two metres</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small faces too: a class or a hall. Needs more of the computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture of the camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in · {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>out · {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seen · {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>already in since {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>already out since {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>already seen at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} ({person})
{exact}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} ({person})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind} · by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resolve…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Perhaps {name}. Click to say who it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seen at {time}. Is this {name}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;It is {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody &amp;else:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;None of these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Direction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recognized by the operator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recorded {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press “Start taking” to switch it on and record who is recognized.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the camera…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is enrolled yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attendance can be taken once the first person's face is known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Enrol the first person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No camera was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug one in and look again, or try everything with the demo camera.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the &amp;demo camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is black</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the camera's shutter or switch on the light. The app goes on watching.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is frozen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera repeats one picture, so nobody is recorded. The app opens it anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera is gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check its plug or the network. The app tries again every few seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program uses the camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close that program. The app tries again every few seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera was not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug it in or choose another one. The app tries again every few seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The video is over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start again to see it once more, or choose a camera.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search name, ID or group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People are recognized once they are enrolled: by camera in half a minute, or from pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody matches “{text}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose somebody in the table to see more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Enrol somebody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enrolled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} · {weakest}</source>
        <extracomment>number of samples and how good the weakest is</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weakest of the samples is {weakest}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without samples this person is never recognized: add some</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>good</source>
        <extracomment>quality of a sample</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fair</source>
        <extracomment>quality of a sample</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weak</source>
        <extracomment>quality of a sample</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{quality} · {source}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No entries yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{when} · {kind}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{shown} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Forget…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Past entries show the new name too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget {name}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name, the ID, the groups and {n} sample are deleted for ever, also from the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name, the ID, the groups and {n} samples are deleted for ever, also from the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} attendance entry stays, without the name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} attendance entries stay, without the name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no attendance entries of this person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cannot be undone. Backups and exports made before keep what they hold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Forget for ever</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was forgotten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every change is saved at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{setting}: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attendance rules</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance and language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which camera takes attendance. Changing it restarts the picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other source…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address or file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rtsp://…, a video file or a camera number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Far also finds small faces, a whole class for example, but works harder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>near: up to 2 metres</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>far: a room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrong names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer wrong names need better pictures; more people make it harder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most 1 stranger in {odds} gets a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 in {odds}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>with {n} person this needs {picture}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>with {n} people this needs {picture}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any usable picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a good picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a very good picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an almost perfect picture: expect many unsure faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures that must agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name is given only when so many good pictures in a row say the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{votes} of {window}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of so many pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor cores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cores that recognition may use. One is enough for one or two faces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seen again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Within this time a person seen again makes no second entry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coming and going</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How an entry becomes “in” or “out”. Past entries stay as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first is in, last is out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in and out by turns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Older entries are deleted for good when the app starts and once a day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for ever</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete older entries?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} entry is older than {days} and will be deleted for ever.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} entries are older than {days} and will be deleted for ever.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep only {days}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture is ever stored: only numbers that tell faces apart, in the data folder, nowhere else. Nothing leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>never stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light, dark, or as the system says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>like the system</source>
        <extracomment>theme or language</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>light</source>
        <extracomment>colours</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dark</source>
        <extracomment>colours</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes effect when the app is started again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>English</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deutsch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People, entries and settings. Choose another one with --data-dir at the start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file with everything, faces and names too: keep it as safe as this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Back up…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing the backup…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backup written to {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Puts a backup in the place of all present data; those are kept beside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Restore…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put this backup back?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All people and entries are replaced by those of {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The present data are kept beside it. The window closes and opens again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Replace the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{page} – Attendance</source>
        <extracomment>title of the window on a page</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enrol</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{page} ({key})</source>
        <extracomment>tooltip: page and its shortcut</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message</source>
        <extracomment>the strip above a page that says what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{camera}: {state}</source>
        <extracomment>status line</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{fps} fps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{ms} ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures a second that were looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the picture's arrival to its answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} person enrolled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} people enrolled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the database…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} entry waits to be saved</source>
        <extracomment>the disk is full or locked</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} entries wait to be saved</source>
        <extracomment>the disk is full or locked</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Database not available</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a fault of the program, not yours. What was saved stays saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log file in the data folder says more: {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>opening…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ready</source>
        <extracomment>the camera works</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>black picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>frozen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>disconnected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>used by another program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ended</source>
        <extracomment>a video is over</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <extracomment>the camera is off</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not a live face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recognized</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move into the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Come a little closer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn to the camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold your head straight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More light, please</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too much light on the face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The light is behind you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is hazy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold still for a moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where to write the attendance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where to write the backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which backup to put back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures or videos of one person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table for any spreadsheet (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backup (*.db)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures and videos ({patterns})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} {done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {n} second left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {n} seconds left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {n} minute left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {n} minutes left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something outside the app went wrong.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera {source} gives no pictures.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check it and try again.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no camera, stream or file {source}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug the camera in, check the name, or use "demo".</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program uses the camera {source}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close that program and try again.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera {source} stopped giving pictures.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check its cable or the network.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} cannot be read as a video or picture: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it again, or leave it out.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model {path} cannot be used.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the app again.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model file {path} is not there.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run "make models", or install the app again.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model file {path} is damaged or was changed.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model does not fit this version of the app ({what}).</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database {path} cannot be used.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the disk and try again.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program holds the database {path}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait a moment or close that program.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full; nothing was lost, but nothing more can be kept in {path}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database {path} cannot be written.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check who may write there, or choose another data folder.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is damaged or not a database of this app; it was left as it is.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put a backup back with "faceapp restore FILE", or choose another data folder.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A newer version of the app wrote the database {path}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update the app.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The app is already open on this data folder.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the open window, or choose another data folder.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This person cannot be enrolled.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the ID and the pictures.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No face was found in {source}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a picture in which the face is larger and clear.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are several faces in {source}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use pictures that show one person only.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No face in {source} is good enough: {reason}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a sharper, brighter picture.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{person} cannot be enrolled: already enrolled as {other}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add samples to that person, or allow the duplicate if it really is someone else.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody with the ID {person} is enrolled.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See "faceapp people" for the IDs.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {field} cannot be used: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another one of at most 200 letters.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This correction is not possible: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the entry again and say why.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be read in.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the file.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be read as a picture: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture {path} is too large: the limit is {limit}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make it smaller.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The roster {path} cannot be used, line {line}: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It must be a CSV file with the columns id, name, groups and folder.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The roster {path} cannot be used: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The setting "{key}" cannot be used: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct it in the settings file, or delete that file to get the defaults back.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings file {path} cannot be used: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct it, or delete it to get the defaults back.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be used.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program holds {path}; {instead} was written in its place.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written: {why}.</source>
        <extracomment>what went wrong</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another place or free some space.</source>
        <extracomment>what to do about it</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the face is cut off by the edge</source>
        <extracomment>follows a colon</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the face is too small</source>
        <extracomment>follows a colon</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the face is turned away</source>
        <extracomment>follows a colon</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the head leans too much</source>
        <extracomment>follows a colon</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the face is too dark</source>
        <extracomment>follows a colon</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the face is too bright</source>
        <extracomment>follows a colon</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the light comes from behind</source>
        <extracomment>follows a colon</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the face has too little contrast</source>
        <extracomment>follows a colon</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the face is blurred</source>
        <extracomment>follows a colon</extracomment>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
