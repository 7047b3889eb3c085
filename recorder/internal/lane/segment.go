package lane

import (
	"time"

	"tiepdan.vn/recorder/internal/webm"
)

// Segment is one file to be: its identity and what is known of its time. Identity fields never change;
// File belongs to the writer of the take.
type Segment struct {
	Lane *Lane
	Spec webm.Spec
	File any

	ts0     int64 // RTP timestamp of the first frame: media time 0
	first   time.Time
	last    int64 // ms of the last frame
	step    int64 // ms between the last two frames, the guess for the last frame's length
	builder webm.Builder
}

// Chunk is what a segment gives to the writer at one flush: whole clusters, all of them new.
type Chunk struct {
	Segment *Segment
	Data    []byte
	Marks   []webm.Mark
	Frames  int
	Wall    time.Time // present estimate of the wall time of media time 0
	End     int64     // media time at the end of what was received, ms
	Last    bool      // the segment ends with this chunk
	Cause   string    // why it ended
}

// Causes of an end. A hole behind Muted, Unpublished or Closing was asked for, behind the others it was not.
const (
	CauseFull        = "full"        // the longest length of a file is reached
	CauseSize        = "size"        // new picture size or codec data
	CauseMuted       = "muted"       // muted by the hall or the chair
	CauseUnpublished = "unpublished" // the hall stopped publishing
	CauseConnection  = "connection"  // our connection to the room is gone
	CauseSilent      = "silent"      // no packets came
	CauseJump        = "jump"        // the timeline made a jump
	CauseWrite       = "write"       // the disk refused
	CauseClosing     = "closing"     // the take ends
)

func (s *Segment) chunk(wall time.Time, buf []byte, marks []webm.Mark) Chunk {
	frames := s.builder.Frames()
	data, filled := s.builder.Take(buf, marks)
	return Chunk{Segment: s, Data: data, Marks: filled, Frames: frames, Wall: wall, End: s.last + max(s.step, 1)}
}
