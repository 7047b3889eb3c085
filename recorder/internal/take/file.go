package take

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"os"
	"path/filepath"
	"time"

	"tiepdan.vn/recorder/internal/lane"
	"tiepdan.vn/recorder/internal/webm"
)

// file is one recording file being written. Only the flusher uses it, until ended hands it to the syncer.
type file struct {
	opened Opened
	f      *os.File
	path   string
	size   int64
	hash   hash.Hash
	run    run
	wall   time.Time // wall time last told in the index
	end    int64     // ms
	failed bool
}

// create makes the file of a segment; the name is the wall time of its first frame.
func (t *Take) create(s *lane.Segment, wall time.Time) (*file, error) {
	rel := filepath.Join(s.Lane.Point, s.Lane.Source)
	dir := filepath.Join(t.Dir, rel)
	if !t.dirs[rel] {
		if err := os.MkdirAll(dir, 0o750); err != nil {
			return nil, err
		}
		t.dirs[rel] = true
		t.touch(t.Dir, filepath.Dir(dir))
	}
	for at := wall; ; at = at.Add(time.Millisecond) { // two connections of one hall may begin together
		name := at.UTC().Format("20060102T150405.000Z") + ".webm"
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o640)
		if os.IsExist(err) {
			continue
		}
		if err != nil {
			if os.IsNotExist(err) {
				delete(t.dirs, rel) // somebody removed the folder: make it again next time
			}
			return nil, err
		}
		t.touch(dir)
		t.fileID++
		return &file{
			f: f, path: filepath.Join(dir, name), hash: sha256.New(), wall: wall,
			opened: Opened{
				ID: t.fileID, File: filepath.ToSlash(filepath.Join(rel, name)), Hall: s.Lane.Hall, Point: s.Lane.Point,
				Source: s.Lane.Source, Codec: s.Spec.Codec, Width: s.Spec.Width, Height: s.Spec.Height, Wall: Unix(wall),
			},
		}, nil
	}
}

// write hands whole clusters to the kernel with one write; on an error the file is cut back to what was whole.
func (f *file) write(data []byte) error {
	n, err := f.f.Write(data)
	if err == nil && n < len(data) {
		err = io.ErrShortWrite
	}
	if err != nil {
		f.f.Truncate(f.size)
		return err
	}
	f.hash.Write(data)
	f.size += int64(n)
	return nil
}

// begin writes the header together with the first clusters.
func (f *file) begin(spec webm.Spec, data []byte) error {
	head := webm.Header(spec)
	f.opened.Header = int64(len(head))
	return f.write(append(head, data...))
}

// note takes written clusters into the index; offset is where the first of them lies.
func (f *file) note(line *clusterLine, marks []webm.Mark, offset int64, video bool) {
	for _, m := range marks {
		if f.run.length > 0 && video && m.Key {
			f.endRun(line)
		}
		if f.run.length == 0 {
			f.run = run{offset: offset, time: m.Time, key: m.Key}
		}
		f.run.length += int64(m.Length)
		f.run.last = m.Last
		if f.run.last-f.run.time >= runLength {
			f.endRun(line)
		}
		offset += int64(m.Length)
	}
}

func (f *file) endRun(line *clusterLine) {
	if f.run.length > 0 {
		line.add(f.opened.ID, f.run)
	}
	f.run = run{}
}

func (f *file) entry() Entry {
	return Entry{
		File: f.opened.File, Bytes: f.size, SHA256: hex.EncodeToString(f.hash.Sum(nil)),
		From: ISO(f.wall), To: ISO(f.wall.Add(time.Duration(f.end) * time.Millisecond)),
	}
}
