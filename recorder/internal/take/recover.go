package take

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"tiepdan.vn/recorder/internal/webm"
)

// ErrNoTake tells that there is no folder of that take here.
var ErrNoTake = errors.New("there is no folder of this take")

// Recover makes the folder of a take whose process died whole again and seals it: torn tails are cut,
// files that are not in the ledger are hashed and listed, the index is completed. A sealed take is left alone.
func Recover(c Config) (Status, error) {
	if _, err := os.Stat(filepath.Join(c.Dir, "journal.jsonl")); err != nil {
		return Status{}, ErrNoTake
	}
	for _, name := range []string{"journal", "index", "ledger"} {
		if err := cutTornLine(filepath.Join(c.Dir, name+".jsonl")); err != nil {
			return Status{}, err
		}
	}
	r := &recovery{Take: &Take{Config: c, dirs: map[string]bool{}}}
	if err := r.readLedger(); err != nil && !errors.Is(err, ErrChain) {
		return Status{}, err
	}
	if r.chain.Sealed {
		return r.status(), nil
	}
	if err := r.readIndex(); err != nil {
		return r.status(), err
	}
	if err := r.openLogs(r.chain.Head); err != nil {
		return r.status(), err
	}
	r.ledger.files, r.ledger.bytes = len(r.chain.Files), r.chain.Bytes
	r.Journal("recovery", "recorder", c.Recorder, "boot", c.Boot, "version", c.Version)
	if r.broken != "" {
		r.Journal("error", "text", r.broken)
	}
	if err := r.files(); err != nil {
		return r.status(), err
	}
	r.Journal("closed")
	err := r.seal()
	r.chain.Head = r.ledger.last
	return r.status(), err
}

type recovery struct {
	*Take
	chain  Chain
	broken string
	known  map[string]*indexed
	lastID int
}

// indexed is what the index knows of one file.
type indexed struct {
	Opened
	end    int64 // offset behind the last cluster listed
	closed bool
}

func (r *recovery) status() Status {
	s := Status{Bytes: r.chain.Bytes, Ledger: r.chain.Head, Files: len(r.chain.Files), Tracks: []Track{}, Notes: []Note{}}
	if r.ledger != nil {
		s.Bytes, s.Files = r.ledger.bytes, r.ledger.files
	}
	if r.broken != "" {
		s.Notes = append(s.Notes, Note{At: ISO(time.Now()), Kind: "error", Text: r.broken})
	}
	return s
}

// readLedger follows the chain. At a break the lines stay as they are, and new lines are chained to the
// last line as it stands: nothing is hidden, and verification shows the break.
func (r *recovery) readLedger() error {
	raw, err := os.ReadFile(filepath.Join(r.Dir, "ledger.jsonl"))
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	r.chain, err = ReadLedger(bytes.NewReader(raw))
	if errors.Is(err, ErrChain) {
		r.broken = "Sổ băm của tập ghi bị sửa: " + err.Error()
		all := bytes.Split(bytes.TrimSuffix(raw, []byte("\n")), []byte("\n"))
		for _, line := range all {
			var e Entry
			if json.Unmarshal(line, &e) == nil && e.File != "" {
				r.chain.Files[e.File] = e
			}
		}
		r.chain.Head = Head{len(all), hashOf(all[len(all)-1])}
		r.chain.Sealed = false
	}
	return err
}

func (r *recovery) readIndex() error {
	raw, err := os.ReadFile(filepath.Join(r.Dir, "index.jsonl"))
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	r.known = map[string]*indexed{}
	byID := map[string]*indexed{}
	for line := range bytes.Lines(raw) {
		var l struct {
			Open     *Opened
			Clusters map[string][][4]int64
			Wall     map[string]float64
			Close    *Closed
		}
		if json.Unmarshal(line, &l) != nil {
			continue
		}
		if l.Open != nil {
			x := &indexed{Opened: *l.Open, end: l.Open.Header}
			r.known[l.Open.File], byID[fmt.Sprint(l.Open.ID)] = x, x
			r.lastID = max(r.lastID, l.Open.ID)
		}
		for id, clusters := range l.Clusters {
			if x := byID[id]; x != nil && len(clusters) > 0 {
				last := clusters[len(clusters)-1]
				x.end = last[0] + last[1]
			}
		}
		for id, wall := range l.Wall {
			if x := byID[id]; x != nil {
				x.Wall = wall
			}
		}
		if l.Close != nil {
			if x := byID[fmt.Sprint(l.Close.ID)]; x != nil {
				x.closed, x.Wall = true, l.Close.Wall
			}
		}
	}
	return nil
}

// files lists every file that the ledger does not know, oldest first.
func (r *recovery) files() error {
	var names []string
	err := filepath.WalkDir(r.Dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".webm") {
			rel, _ := filepath.Rel(r.Dir, path)
			if rel = filepath.ToSlash(rel); r.chain.Files[rel].File == "" {
				names = append(names, rel)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	sort.Slice(names, func(i, j int) bool { return filepath.Base(names[i]) < filepath.Base(names[j]) })
	for _, name := range names {
		if err := r.file(name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (r *recovery) file(name string) error {
	path := filepath.Join(r.Dir, filepath.FromSlash(name))
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	found, err := webm.Scan(f, nil)
	stat, statErr := f.Stat()
	if statErr != nil {
		return statErr
	}
	switch {
	case stat.Size() == 0:
		r.Journal("removed", "file", name, "text", "empty")
		return os.Remove(path)
	case err != nil || len(found.Clusters) == 0: // not playable, but what is there stays and is listed
		r.Journal("unreadable", "file", name, "bytes", stat.Size())
		return r.list(name, 0, 0)
	}
	if cut := stat.Size() - found.Good; cut > 0 {
		if err := f.Truncate(found.Good); err != nil {
			return err
		}
		r.Journal("cut", "file", name, "bytes", cut)
	}
	if err := f.Sync(); err != nil {
		return err
	}
	wall, end := r.complete(name, found)
	return r.list(name, wall, end)
}

func (r *recovery) list(name string, wall float64, end int64) error {
	sum, size, err := hashFile(filepath.Join(r.Dir, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	from := time.UnixMilli(int64(wall * 1000))
	r.ledger.entry(Entry{File: name, Bytes: size, SHA256: sum, From: ISO(from), To: ISO(from.Add(time.Duration(end) * time.Millisecond))})
	return r.ledger.flush()
}

// complete writes the index lines that the dead process did not get to.
func (r *recovery) complete(name string, found webm.Contents) (wall float64, end int64) {
	x := r.known[name]
	if x == nil {
		parts := strings.Split(name, "/")
		at, _ := time.Parse("20060102T150405.000Z.webm", parts[len(parts)-1])
		r.lastID++
		x = &indexed{Opened: Opened{
			ID: r.lastID, File: name, Codec: found.Spec.Codec, Width: found.Spec.Width, Height: found.Spec.Height,
			Header: found.Header, Wall: Unix(at),
		}, end: found.Header}
		if len(parts) == 3 {
			x.Point, x.Source = parts[0], parts[1]
		}
		for _, other := range r.known {
			if other.Point == x.Point {
				x.Hall = other.Hall
			}
		}
		r.index.add(indexLine("open", x.Opened))
		r.known[name] = x
	}
	last := found.Clusters[len(found.Clusters)-1]
	end = last.Last + 20
	if x.closed {
		return x.Wall, end
	}
	f := file{opened: x.Opened}
	for _, c := range found.Clusters {
		if c.Offset >= x.end {
			f.note(&r.line, []webm.Mark{{Length: int(c.Length), Time: c.Time, Last: c.Last, Key: c.Key}}, c.Offset, x.Codec != webm.Opus)
		}
	}
	f.endRun(&r.line)
	r.indexAfter("close", Closed{x.ID, x.Wall, float64(end) / 1000, found.Good})
	return x.Wall, end
}

// cutTornLine removes what follows the last newline.
func cutTornLine(path string) error {
	raw, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if keep := bytes.LastIndexByte(raw, '\n') + 1; keep < len(raw) {
		return os.Truncate(path, int64(keep))
	}
	return nil
}
