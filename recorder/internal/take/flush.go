package take

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"tiepdan.vn/recorder/internal/lane"
	"tiepdan.vn/recorder/internal/webm"
)

const wallMoves = 5 * time.Millisecond // a smaller move of the estimate is not worth a line

// flush hands to the kernel what the lanes hold.
func (t *Take) flush(now time.Time) {
	t.flushing.Lock()
	defer t.flushing.Unlock()
	t.mu.Lock()
	lanes := append([]*lane.Lane(nil), t.lanes...)
	t.mu.Unlock()
	var over []*lane.Lane
	for _, l := range lanes {
		chunks, ended := l.Collect(now, t.chunks[:0])
		for i := range chunks {
			t.write(&chunks[i], now)
			t.Buffers.Put(chunks[i].Data, chunks[i].Marks)
		}
		clear(chunks)
		t.chunks = chunks[:0]
		if ended {
			over = append(over, l)
		}
		t.watch(l, now, ended)
	}
	t.flushLines()
	t.mu.Lock()
	t.lanes = slices.DeleteFunc(t.lanes, func(l *lane.Lane) bool { return slices.Contains(over, l) })
	t.meter.add(now, t.bytes)
	t.mu.Unlock()
}

func (t *Take) flushLines() {
	if line := t.line.take(); line != nil {
		t.index.add(line)
	}
	if err := errors.Join(t.index.flush(), t.journal.flush()); err != nil {
		t.trouble(err)
	}
}

// write puts one chunk into its file, opening and ending the file where needed.
func (t *Take) write(c *lane.Chunk, now time.Time) {
	f, known := c.Segment.File.(*file)
	if known && f.failed {
		if len(c.Data) > 0 {
			c.Segment.Lane.Fail(c.Segment, c.Frames, now)
		}
		return
	}
	if len(c.Data) > 0 {
		var err error
		offset := int64(0)
		if known {
			offset = f.size
			err = f.write(c.Data)
		} else if f, err = t.create(c.Segment, c.Wall); err == nil {
			if err = f.begin(c.Segment.Spec, c.Data); err == nil {
				offset = f.opened.Header
				t.started(f, c)
			}
		}
		if err != nil {
			t.refused(f, known, c, err, now)
			return
		}
		t.works()
		f.note(&t.line, c.Marks, offset, c.Segment.Spec.Codec != webm.Opus)
		f.end = c.End
		t.wrote(f, c, now)
	}
	if f == nil {
		return
	}
	if d := c.Wall.Sub(f.wall); d > wallMoves || d < -wallMoves {
		f.wall = c.Wall
		t.indexAfter("wall", map[string]float64{fmt.Sprint(f.opened.ID): Unix(c.Wall)})
	}
	if c.Last {
		t.end(f, c.Cause)
	}
}

// indexAfter queues a line behind the clusters noted so far.
func (t *Take) indexAfter(kind string, v any) {
	if line := t.line.take(); line != nil {
		t.index.add(line)
	}
	t.index.add(indexLine(kind, v))
}

func (t *Take) started(f *file, c *lane.Chunk) {
	c.Segment.File = f
	t.indexAfter("open", f.opened)
	t.Journal("file", "hall", f.opened.Hall, "source", f.opened.Source, "file", f.opened.File, "codec", f.opened.Codec,
		"width", f.opened.Width, "height", f.opened.Height)
	t.mu.Lock()
	t.open[f] = true
	t.mu.Unlock()
	t.closeGap(f)
}

func (t *Take) end(f *file, cause string) {
	f.endRun(&t.line)
	t.indexAfter("close", Closed{f.opened.ID, Unix(f.wall), float64(f.end) / 1000, f.size})
	t.Journal("end", "hall", f.opened.Hall, "source", f.opened.Source, "file", f.opened.File, "cause", cause)
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.open, f)
	t.ended = append(t.ended, f)
	ch := t.channel(f.opened.Hall, f.opened.Source)
	ch.endCause, ch.endWall = cause, f.wall.Add(time.Duration(f.end)*time.Millisecond)
	ch.current = nil
}

// refused gives up a file that the disk did not take; what is whole in it stays and is listed.
func (t *Take) refused(f *file, known bool, c *lane.Chunk, err error, now time.Time) {
	t.trouble(err)
	c.Segment.Lane.Fail(c.Segment, c.Frames, now)
	t.mu.Lock()
	if ch := t.channel(c.Segment.Lane.Hall, c.Segment.Lane.Source); ch.endCause != "" {
		ch.endCause = lane.CauseWrite // whatever ended the file before, this is why none follows it
	}
	t.mu.Unlock()
	if f == nil {
		f = &file{}
	} else if known {
		t.end(f, lane.CauseWrite)
	} else {
		f.f.Close()
		os.Remove(f.path) // nothing whole was ever in it
	}
	f.failed = true
	c.Segment.File = f
}
