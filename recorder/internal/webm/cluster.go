package webm

import "encoding/binary"

// Mark describes one whole cluster inside a buffer returned by Builder.Take.
type Mark struct {
	Length int
	Time   int64 // cluster time, ms
	Last   int64 // time of the last frame in it, ms
	Key    bool  // begins with a keyframe
	Frames int
}

// Builder packs frames into clusters. Whole clusters lie one after another in its buffer, ready for
// one write(); only the last one may still be open.
type Builder struct {
	// SplitAtKey begins a cluster at each keyframe (video); sound is all keyframes and is cut by time only.
	SplitAtKey bool

	buf    []byte
	marks  []Mark
	open   bool
	start  int // offset of the open cluster
	frames int
}

const (
	clusterHead  = 14   // id 4, size 4, Timestamp id+size 2, value 4
	longestMS    = 1000 // a cluster holds at most a second
	sizeOfLength = 4
)

// Frame adds one frame; ms must not go backwards.
func (b *Builder) Frame(ms int64, key bool, data []byte) {
	if b.open {
		m := &b.marks[len(b.marks)-1]
		if ms-m.Time >= longestMS || (b.SplitAtKey && key) {
			b.Seal()
		}
	}
	if !b.open {
		b.begin(ms, key)
	}
	m := &b.marks[len(b.marks)-1]
	flags := byte(0)
	if key {
		flags = 0x80
	}
	rel := uint16(ms - m.Time)
	b.buf = append(b.buf, idSimpleBlock)
	b.buf = appendSize(b.buf, uint64(len(data)+4))
	b.buf = append(b.buf, 0x81, byte(rel>>8), byte(rel), flags)
	b.buf = append(b.buf, data...)
	m.Last = ms
	m.Frames++
	b.frames++
}

func (b *Builder) begin(ms int64, key bool) {
	b.start, b.open = len(b.buf), true
	b.buf = binary.BigEndian.AppendUint32(b.buf, idCluster)
	b.buf = append(b.buf, 0, 0, 0, 0, idTimestamp, 0x84)
	b.buf = binary.BigEndian.AppendUint32(b.buf, uint32(ms))
	b.marks = append(b.marks, Mark{Time: ms, Last: ms, Key: key})
}

// Seal ends the open cluster, so that everything in the buffer is whole.
func (b *Builder) Seal() {
	if !b.open {
		return
	}
	b.open = false
	size := len(b.buf) - b.start - 4 - sizeOfLength
	binary.BigEndian.PutUint32(b.buf[b.start+4:], 0x10000000|uint32(size))
	b.marks[len(b.marks)-1].Length = len(b.buf) - b.start
}

// Len is the number of bytes waiting, Frames the number of frames waiting.
func (b *Builder) Len() int    { return len(b.buf) }
func (b *Builder) Frames() int { return b.frames }

// Take seals and hands over what was packed; buf and marks become the new, emptied space.
func (b *Builder) Take(buf []byte, marks []Mark) ([]byte, []Mark) {
	b.Seal()
	outBuf, outMarks := b.buf, b.marks
	b.buf, b.marks, b.frames = buf[:0], marks[:0], 0
	return outBuf, outMarks
}
