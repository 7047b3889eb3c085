package take

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// Entry is one line of ledger.jsonl: a closed file, chained to the line before by Prev.
type Entry struct {
	N      int    `json:"n"`
	File   string `json:"file"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	From   string `json:"from"`
	To     string `json:"to"`
	Prev   string `json:"prev"`
}

// Seal is the last line of a sealed take.
type Seal struct {
	N             int    `json:"n"`
	Closed        string `json:"closed"`
	Files         int    `json:"files"`
	Bytes         int64  `json:"bytes"`
	IndexSHA256   string `json:"index_sha256"`
	JournalSHA256 string `json:"journal_sha256"`
	Prev          string `json:"prev"`
}

var noLine = strings.Repeat("0", 64)

// Head names the last line of a ledger.
type Head struct {
	Lines int    `json:"lines"`
	Head  string `json:"head"`
}

// Chain is what a ledger says, verified.
type Chain struct {
	Head
	Files  map[string]Entry
	Bytes  int64
	Sealed bool
}

// ErrChain tells that a ledger's lines do not hang together.
var ErrChain = errors.New("the chain of the ledger is broken")

// ReadLedger reads a ledger and follows its chain. At a break it returns what it read and ErrChain.
func ReadLedger(r io.Reader) (Chain, error) {
	c := Chain{Head: Head{Head: noLine}, Files: map[string]Entry{}}
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) == 0 && err == io.EOF {
			return c, nil
		}
		if err != nil && err != io.EOF {
			return c, err
		}
		line = bytes.TrimSuffix(line, []byte("\n"))
		var entry struct {
			Entry
			Closed string `json:"closed"`
			Files  int    `json:"files"`
		}
		switch err := json.Unmarshal(line, &entry); {
		case err != nil:
			return c, fmt.Errorf("%w: line %d: %v", ErrChain, c.Lines+1, err)
		case c.Sealed:
			return c, fmt.Errorf("%w: line %d after the seal", ErrChain, c.Lines+1)
		case entry.N != c.Lines+1 || entry.Prev != c.Head.Head:
			return c, fmt.Errorf("%w: line %d", ErrChain, c.Lines+1)
		case entry.Closed != "":
			if c.Sealed = true; entry.Files != len(c.Files) || entry.Bytes != c.Bytes {
				return c, fmt.Errorf("%w: the seal counts other files", ErrChain)
			}
		default:
			c.Files[entry.File] = entry.Entry
			c.Bytes += entry.Bytes
		}
		c.Head = Head{entry.N, hashOf(line)}
	}
}

// VerifyLedger reads the ledger of a folder and compares every listed file with its hash.
func VerifyLedger(dir string) (Chain, error) {
	f, err := os.Open(dir + "/ledger.jsonl")
	if err != nil {
		return Chain{}, err
	}
	defer f.Close()
	c, err := ReadLedger(f)
	if err != nil {
		return c, err
	}
	for name, entry := range c.Files {
		sum, size, err := hashFile(dir + "/" + name)
		if err != nil {
			return c, err
		}
		if sum != entry.SHA256 || size != entry.Bytes {
			return c, fmt.Errorf("%s is not what the ledger says", name)
		}
	}
	return c, nil
}

// ledger appends to ledger.jsonl.
type ledger struct {
	*lines
	last  Head // of the last line made
	shown Head // of the last line handed to the kernel
	files int
	bytes int64
}

func (l *ledger) entry(e Entry) {
	e.N, e.Prev = l.last.Lines+1, l.last.Head
	l.files++
	l.bytes += e.Bytes
	l.line(e)
}

func (l *ledger) seal(s Seal) {
	s.N, s.Prev, s.Files, s.Bytes = l.last.Lines+1, l.last.Head, l.files, l.bytes
	l.line(s)
}

func (l *ledger) line(v any) {
	line, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain structs always marshal
	}
	l.last = Head{l.last.Lines + 1, hashOf(line)}
	l.add(append(line, '\n'))
}

// sync makes the lines durable; only then the head is shown to anybody.
func (l *ledger) sync() error {
	if err := l.lines.sync(); err != nil {
		return err
	}
	l.shown = l.last
	return nil
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func hashFile(path string) (string, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), n, err
}

// ISO is the form of all times in our files.
func ISO(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
