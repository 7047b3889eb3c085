package lane

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"testing"
	"time"

	"tiepdan.vn/recorder/internal/clock"
	"tiepdan.vn/recorder/internal/webm"
)

var start = time.Date(2026, 11, 22, 7, 30, 0, 0, time.UTC)

// rig feeds a lane from a made-up publisher and plays the flusher, all in its own time.
type rig struct {
	*Lane
	now   time.Time
	seq   uint16
	ts    uint32
	asked int
	files []*out
}

// out is one segment as the flusher saw it.
type out struct {
	seg   *Segment
	data  []byte
	wall  time.Time
	end   int64
	cause string
}

func newRig(codec string) *rig {
	r := &rig{now: start, seq: 65500, ts: 0xFFFFF000}
	rate := int64(90000)
	if codec == webm.Opus {
		rate = 48000
	}
	r.Lane = New(Config{
		Hall: "p7", Point: "xa-thanh-loc", Source: "camera", Codec: codec, Channels: 1, Rate: rate, Clock: &clock.Hall{},
		Longest: time.Minute, KeyEvery: 3 * time.Second, AskKey: func() { r.asked++ }, Buffers: &Buffers{},
	})
	return r
}

// packet sends one RTP packet with a payload.
func (r *rig) packet(payload []byte) {
	raw := append([]byte{0x80, 0x80}, binary.BigEndian.AppendUint16(nil, r.seq)...)
	raw = binary.BigEndian.AppendUint32(raw, r.ts)
	r.Push(append(append(raw, 0, 0, 0, 1), payload...), r.now)
	r.seq++
}

func (r *rig) picture(key bool, width int) {
	if key {
		r.packet([]byte{0x10, 0x10, 0, 0, 0x9D, 1, 0x2A, byte(width), byte(width >> 8), 0xD0, 2})
	} else {
		r.packet([]byte{0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	}
	r.pass(40*time.Millisecond, 3600)
}

func (r *rig) sound() {
	r.packet([]byte{0x78, 1, 2, 3, 4})
	r.pass(20*time.Millisecond, 960)
}

// pass lets time pass; the flusher comes every 250 ms.
func (r *rig) pass(d time.Duration, ticks uint32) {
	before := r.now.UnixMilli() / 250
	r.now, r.ts = r.now.Add(d), r.ts+ticks
	if r.now.UnixMilli()/250 != before {
		r.collect()
	}
}

func (r *rig) collect() (ended bool) {
	chunks, ended := r.Collect(r.now, nil)
	for _, c := range chunks {
		f, _ := c.Segment.File.(*out)
		if f == nil {
			f = &out{seg: c.Segment, data: webm.Header(c.Segment.Spec)}
			c.Segment.File = f
			r.files = append(r.files, f)
		}
		f.data = append(f.data, c.Data...)
		f.wall, f.end = c.Wall, c.End
		if c.Last {
			f.cause = c.Cause
		}
		r.Buffers.Put(c.Data, c.Marks)
	}
	return ended
}

func (r *rig) causes() (s string) {
	for _, f := range r.files {
		s += fmt.Sprintf("%s:%d ", f.cause, f.end)
	}
	return s
}

func (r *rig) check(t *testing.T, frames int) {
	t.Helper()
	total := 0
	for _, f := range r.files {
		last := int64(-1)
		c, err := webm.Scan(bytes.NewReader(f.data), func(ms int64, _ bool, _ []byte) {
			if ms <= last || last < 0 && ms != 0 {
				t.Errorf("frame at %d after %d", ms, last)
			}
			last = ms
			total++
		})
		if err != nil || c.Good != int64(len(f.data)) {
			t.Errorf("file of %d bytes is whole up to %d: %v", len(f.data), c.Good, err)
		}
	}
	if total != frames {
		t.Errorf("%d frames written, want %d", total, frames)
	}
}

func TestVideoIsCutAtKeyframesBeforeAMinute(t *testing.T) {
	r := newRig(webm.VP8)
	for i := range 25 * 130 {
		r.picture(i%75 == 0, 1280)
	}
	r.End(CauseClosing)
	if !r.collect() {
		t.Error("not at its end")
	}
	if got := r.causes(); got != "full:57000 full:57000 closing:16000 " {
		t.Error(got)
	}
	r.check(t, 25*130)
}

func TestSoundIsCutAtAMinute(t *testing.T) {
	r := newRig(webm.Opus)
	for range 50 * 61 {
		r.sound()
	}
	r.End(CauseConnection)
	r.collect()
	if got := r.causes(); got != "full:60000 connection:1000 " {
		t.Error(got)
	}
	r.check(t, 50*61)
}

func TestANewSizeIsANewFile(t *testing.T) {
	r := newRig(webm.VP8)
	for i := range 100 {
		r.picture(i%50 == 0, 320+320*(i/50))
	}
	r.End(CauseUnpublished)
	r.collect()
	if got := r.causes(); got != "size:2000 unpublished:2000 " || r.files[1].seg.Spec.Width != 640 {
		t.Error(got)
	}
}

func TestVideoWaitsForAKeyframeAndAsks(t *testing.T) {
	r := newRig(webm.VP8)
	for range 30 {
		r.picture(false, 0)
	}
	if c, _, _ := r.Counters(); len(r.files) > 0 || c.Dropped != 30 || r.asked < 2 || r.asked > 4 {
		t.Errorf("%d files, %+v, asked %d", len(r.files), c, r.asked)
	}
	asked := r.asked
	for i := range 25 * 10 {
		r.picture(i == 0, 1280)
	}
	if n := r.asked - asked; n < 10 || n > 16 { // after 3 s, then twice a second as none comes
		t.Errorf("asked %d times in 10 s", n)
	}
}

func TestALostPacketIsWaitedForCountedAndFollowedByAKeyframe(t *testing.T) {
	r := newRig(webm.VP8)
	r.picture(true, 1280)
	asked := r.asked
	r.seq++ // lost
	for range 25 {
		r.picture(false, 0)
	}
	r.End(CauseClosing)
	r.collect()
	if c, _, _ := r.Counters(); c.Lost != 1 || c.Frames != 26 || r.asked == asked {
		t.Errorf("%+v, asked %d", c, r.asked-asked)
	}
}

func TestMute(t *testing.T) {
	r := newRig(webm.Opus)
	for range 50 {
		r.sound()
	}
	r.Mute(true)
	for range 50 { // the server's silence after a mute
		r.packet([]byte{0xF8, 0xFF, 0xFE})
		r.pass(20*time.Millisecond, 960)
	}
	if got := r.causes(); got != "muted:1000 " {
		t.Error(got)
	}
	r.pass(10*time.Second, 480_000)
	r.Mute(false)
	for range 10 {
		r.sound()
	}
	r.End(CauseClosing)
	r.collect()
	if got := r.causes(); got != "muted:1000 closing:200 " {
		t.Error(got)
	}
	if gap := r.files[1].wall.Sub(r.files[0].wall); gap != 12*time.Second {
		t.Errorf("second file %v after the first", gap)
	}
}

func TestSilenceEndsTheFile(t *testing.T) {
	r := newRig(webm.Opus)
	for range 50 {
		r.sound()
	}
	for range 24 {
		r.pass(250*time.Millisecond, 0)
	}
	if got := r.causes(); got != "silent:1000 " {
		t.Error(got)
	}
}

func TestReportsMoveTheWallTime(t *testing.T) {
	r := newRig(webm.Opus)
	for range 50 {
		r.sound()
	}
	if !r.files[0].wall.Equal(start) {
		t.Errorf("by arrival %v, want %v", r.files[0].wall, start)
	}
	// The publisher's clock is an hour wrong; the report says that this moment was captured 80 ms earlier.
	r.Report(r.now.Add(time.Hour), r.ts+80*48, r.now)
	for range 50 {
		r.sound()
	}
	if want := start.Add(-80 * time.Millisecond); !r.files[0].wall.Equal(want) {
		t.Errorf("by report %v, want %v", r.files[0].wall, want)
	}
	// A report that cannot be true is not believed.
	r.Report(r.now, r.ts+3600*48000, r.now)
	for range 50 {
		r.sound()
	}
	if !r.files[0].wall.Equal(start) {
		t.Errorf("wild report: %v", r.files[0].wall)
	}
}

func TestAFailedSegmentIsFollowedByANewOne(t *testing.T) {
	r := newRig(webm.VP8)
	for i := range 25 {
		r.picture(i == 0, 1280)
	}
	r.Fail(r.files[0].seg, 3, r.now)
	for i := range 25 * 4 {
		r.picture(i%20 == 0, 1280)
	}
	r.End(CauseClosing)
	r.collect()
	if len(r.files) != 2 || r.files[1].end < 2000 {
		t.Error(r.causes())
	}
	if c, _, _ := r.Counters(); c.Dropped < 28 {
		t.Errorf("%+v", c)
	}
}

func TestAStalledDiskIsBounded(t *testing.T) {
	r := newRig(webm.VP8)
	r.picture(true, 1280)
	big := append([]byte{0x10, 1}, make([]byte, 1300)...)
	for i := range 20_000 { // nobody collects
		r.packet(big)
		r.now, r.ts = r.now.Add(time.Millisecond), r.ts+90
		if i%5000 == 0 {
			r.picture(true, 1280)
		}
	}
	if n := r.waiting(); n > mostBytes+2000 {
		t.Errorf("%d bytes kept", n)
	}
	if c, _, _ := r.Counters(); c.Dropped == 0 {
		t.Error("nothing counted as dropped")
	}
}

func TestPacketsDoNotAllocate(t *testing.T) {
	r := newRig(webm.Opus)
	raw := append([]byte{0x80, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, make([]byte, 100)...)
	chunks := make([]Chunk, 0, 8)
	seq, now := uint16(0), start
	round := func() {
		for range 12 {
			binary.BigEndian.PutUint16(raw[2:], seq)
			binary.BigEndian.PutUint32(raw[4:], uint32(seq)*960)
			r.Push(raw, now)
			seq, now = seq+1, now.Add(20*time.Millisecond)
		}
		got, _ := r.Collect(now, chunks[:0])
		for _, c := range got {
			r.Buffers.Put(c.Data, c.Marks)
		}
	}
	round()
	round()
	if n := testing.AllocsPerRun(100, round); n > 0 {
		t.Errorf("%v allocations a flush", n)
	}
}
