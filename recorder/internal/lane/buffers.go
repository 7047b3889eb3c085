package lane

import (
	"sync"

	"tiepdan.vn/recorder/internal/webm"
)

// Buffers keeps the spaces that clusters are packed in, so that a running take allocates next to nothing.
type Buffers struct {
	mu    sync.Mutex
	bytes [][]byte
	marks [][]webm.Mark
}

const keepBuffers, largestKept = 128, 160 << 10

func (b *Buffers) get() (buf []byte, marks []webm.Mark) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n := len(b.bytes); n > 0 {
		buf, marks = b.bytes[n-1], b.marks[n-1]
		b.bytes, b.marks = b.bytes[:n-1], b.marks[:n-1]
	}
	return buf, marks
}

// Put gives back the space of a chunk that is written.
func (b *Buffers) Put(buf []byte, marks []webm.Mark) {
	if cap(buf) == 0 || cap(buf) > largestKept {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.bytes) < keepBuffers {
		b.bytes, b.marks = append(b.bytes, buf[:0]), append(b.marks, marks[:0])
	}
}
