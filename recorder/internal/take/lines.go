package take

import (
	"os"
	"sync"
)

// lines is an append-only file of whole lines. What the disk refuses is kept and tried again, so a full
// disk tears no line; the memory for that is bounded.
type lines struct {
	mu      sync.Mutex
	file    *os.File
	pending []byte
	dirty   bool // written since the last sync
	lost    int  // lines given up because the disk refused too long
}

const mostPending = 4 << 20

func openLines(path string) (*lines, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o640)
	if err != nil {
		return nil, err
	}
	return &lines{file: f}, nil
}

// add queues whole lines (each with its newline).
func (l *lines) add(b []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.pending)+len(b) > mostPending {
		l.lost++
		return
	}
	l.pending = append(l.pending, b...)
}

// flush hands what is queued to the kernel with one write.
func (l *lines) flush() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.pending) == 0 {
		return nil
	}
	n, err := l.file.Write(l.pending)
	l.dirty = l.dirty || n > 0
	l.pending = l.pending[:copy(l.pending, l.pending[n:])]
	return err
}

// sync flushes and waits until the disk has it. The lock is not held while waiting.
func (l *lines) sync() error {
	if err := l.flush(); err != nil {
		return err
	}
	l.mu.Lock()
	dirty := l.dirty
	l.dirty = false
	l.mu.Unlock()
	if !dirty {
		return nil
	}
	return l.file.Sync()
}

func (l *lines) close() error {
	err := l.sync()
	if e := l.file.Close(); err == nil {
		err = e
	}
	return err
}
