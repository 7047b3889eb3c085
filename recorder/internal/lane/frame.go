package lane

import (
	"bytes"
	"time"

	"tiepdan.vn/recorder/internal/track"
	"tiepdan.vn/recorder/internal/webm"
)

// opusSilence is what the server sends for a second after a mute.
var opusSilence = []byte{0xF8, 0xFF, 0xFE}

// frame is called with l.mu held, for each whole frame in order.
func (l *Lane) frame(f *track.Frame) {
	if l.muted && !l.video() && bytes.HasPrefix(f.Data, opusSilence) {
		return
	}
	ts := l.unwrap.Next(f.TS)
	if l.seg != nil {
		if d := l.track.Span(ts - l.lastTS); d > jumpAhead || d < -jumpBack {
			l.cut(CauseJump)
		}
	}
	if f.Key {
		l.keyAt, l.wantKey = f.Arrival, false
	}
	if l.seg != nil {
		l.cutIfDue(f, ts)
	}
	if l.waiting() > mostBytes {
		l.cut(CauseWrite)
	}
	if l.seg == nil && !l.begin(f, ts) {
		l.dropped++
		return
	}
	s := l.seg
	ms := l.track.Span(ts - s.ts0).Milliseconds()
	if s.last >= 0 {
		if ms <= s.last { // mute and unmute can repeat a timestamp
			ms = s.last + 1
		}
		s.step = min(ms-s.last, 100)
	}
	s.builder.Frame(ms, f.Key, f.Data)
	s.last = ms
	l.lastTS, l.lastAt = ts, f.Arrival
	l.frames++
	if floor := f.Arrival.UnixNano() - int64(l.track.Span(ts)); !l.hasFloor || floor < l.floor {
		l.floor, l.hasFloor = floor, true
	}
}

// waiting is the number of bytes that the disk has not taken yet.
func (l *Lane) waiting() int {
	if l.seg == nil {
		return l.hold
	}
	return l.hold + l.seg.builder.Len()
}

// cutIfDue ends the segment before a frame that must begin a new one.
func (l *Lane) cutIfDue(f *track.Frame, ts int64) {
	age := l.track.Span(ts - l.seg.ts0)
	switch {
	case !l.video():
		if age >= l.Longest {
			l.cut(CauseFull)
		}
	case !f.Key:
	case f.Width != l.seg.Spec.Width || f.Height != l.seg.Spec.Height || !bytes.Equal(f.Private, l.seg.Spec.Private):
		l.cut(CauseSize)
	case age+l.KeyEvery+askAgain > l.Longest: // the next keyframe may come too late
		l.cut(CauseFull)
	}
}

// begin starts a segment with this frame, if a file may start with it.
func (l *Lane) begin(f *track.Frame, ts int64) bool {
	if f.Arrival.Before(l.notBefore) || l.hold > mostBytes {
		return false
	}
	if !f.Key {
		l.wantKey = true
		return false
	}
	l.hasFloor = false // a floor of hours ago would not follow a publisher clock that runs slow
	if !l.lastAt.IsZero() && f.Arrival.Sub(l.lastAt) > muteTail {
		l.track.Forget() // after a pause the server may have moved the timeline
	}
	l.width, l.height = f.Width, f.Height
	l.seg = &Segment{
		Lane:    l,
		Spec:    webm.Spec{Codec: l.Codec, Width: f.Width, Height: f.Height, Channels: l.Channels, Private: f.Private},
		ts0:     ts,
		first:   f.Arrival,
		last:    -1,
		step:    20,
		builder: webm.Builder{SplitAtKey: l.video()},
	}
	return true
}

// cut ends the present segment.
func (l *Lane) cut(cause string) {
	s := l.seg
	if s == nil {
		return
	}
	l.seg = nil
	c := s.chunk(l.wall(s.ts0), nil, nil)
	c.Last, c.Cause = true, cause
	l.done = append(l.done, c)
	l.hold += len(c.Data)
	l.wantKey = l.wantKey || l.video()
}

// wall estimates the wall time of an RTP timestamp: by sender reports, before the first by arrival.
func (l *Lane) wall(ts int64) time.Time {
	byArrival := time.Unix(0, l.floor+int64(l.track.Span(ts)))
	if !l.hasFloor {
		byArrival = l.lastAt
	}
	if t, ok := l.track.Wall(ts); ok {
		if d := t.Sub(byArrival); d < clockFar && d > -clockFar {
			return t
		}
	}
	return byArrival
}
