// Package container reads the two plain stream formats that ffmpeg writes to a
// pipe for us: IVF (VP8 frames) and Ogg (Opus packets).
package container

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// IVF reads frames; the buffer of a frame is used again by the next one.
type IVF struct {
	Width, Height int
	Rate, Scale   uint32 // frame n is shown at n * Scale / Rate seconds
	in            io.Reader
	head          [12]byte
	buf           []byte
}

// maxFrame guards against a corrupt length eating all memory.
const maxFrame = 8 << 20

func NewIVF(in io.Reader) (*IVF, error) {
	var head [32]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return nil, fmt.Errorf("IVF header: %w", err)
	}
	if string(head[:4]) != "DKIF" || string(head[8:12]) != "VP80" {
		return nil, fmt.Errorf("not an IVF file with VP8: %q %q", head[:4], head[8:12])
	}
	r := &IVF{
		in:     in,
		Width:  int(binary.LittleEndian.Uint16(head[12:])),
		Height: int(binary.LittleEndian.Uint16(head[14:])),
		Rate:   binary.LittleEndian.Uint32(head[16:]),
		Scale:  binary.LittleEndian.Uint32(head[20:]),
	}
	if r.Rate == 0 || r.Scale == 0 {
		return nil, errors.New("IVF header without a time base")
	}
	return r, nil
}

// Next gives a frame and its number; io.EOF ends the stream.
func (r *IVF) Next() (frame []byte, pts uint64, err error) {
	if _, err := io.ReadFull(r.in, r.head[:]); err != nil {
		return nil, 0, err
	}
	size := int(binary.LittleEndian.Uint32(r.head[:]))
	if size > maxFrame {
		return nil, 0, fmt.Errorf("IVF frame of %d bytes", size)
	}
	if cap(r.buf) < size {
		r.buf = make([]byte, size, size*2)
	}
	r.buf = r.buf[:size]
	if _, err := io.ReadFull(r.in, r.buf); err != nil {
		return nil, 0, fmt.Errorf("IVF frame: %w", err)
	}
	return r.buf, binary.LittleEndian.Uint64(r.head[4:]), nil
}

// IsKey says whether a VP8 frame can be decoded by itself.
func IsKey(frame []byte) bool { return len(frame) > 0 && frame[0]&1 == 0 }
