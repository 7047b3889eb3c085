package webm

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Cluster is one whole cluster found in a file.
type Cluster struct {
	Offset, Length int64
	Time, Last     int64
	Key            bool
	Frames         int
}

// Contents is what Scan found. Good is the end of the last whole cluster: everything after it is a torn tail.
type Contents struct {
	Spec     Spec
	Header   int64
	Good     int64
	Clusters []Cluster
}

// ErrNotOurs tells that the header is not one that Header writes.
var ErrNotOurs = errors.New("not a recording of one track")

var codecNames = map[string]string{"V_VP8": VP8, "V_MPEG4/ISO/AVC": H264, "A_OPUS": Opus}

// Scan reads a file made by this package up to its last whole cluster. frame, when given, gets each
// frame of each whole cluster (the bytes are valid only during the call). A torn tail is no error.
func Scan(r io.Reader, frame func(ms int64, key bool, data []byte)) (Contents, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	c := Contents{}
	if err := scanHeader(in, &c); err != nil {
		return c, err
	}
	c.Good = c.Header
	var body []byte
	for {
		id, idLen, err := readID(in)
		if err != nil {
			return c, tail(err)
		}
		size, sizeLen, err := readSize(in)
		if err != nil {
			return c, tail(err)
		}
		if id != idCluster || size > 1<<28 {
			return c, nil // a torn write may leave zeros: what follows is not a cluster
		}
		if uint64(cap(body)) < size {
			body = make([]byte, size)
		}
		body = body[:size]
		if _, err := io.ReadFull(in, body); err != nil {
			return c, tail(err)
		}
		cl := Cluster{Offset: c.Good, Length: int64(idLen+sizeLen) + int64(size)}
		if !scanCluster(body, &cl, frame) {
			return c, nil
		}
		c.Clusters = append(c.Clusters, cl)
		c.Good += cl.Length
	}
}

func tail(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

func scanHeader(in *bufio.Reader, c *Contents) error {
	for {
		id, idLen, err := readID(in)
		if err != nil {
			return fmt.Errorf("header: %w", err)
		}
		size, sizeLen, err := readSize(in)
		if err != nil {
			return fmt.Errorf("header: %w", err)
		}
		c.Header += int64(idLen + sizeLen)
		if id == idSegment {
			continue
		}
		if size > 1<<20 {
			return ErrNotOurs
		}
		body := make([]byte, size)
		if _, err := io.ReadFull(in, body); err != nil {
			return fmt.Errorf("header: %w", err)
		}
		c.Header += int64(size)
		if id == idTracks {
			c.Spec = readTracks(body)
			if c.Spec.Codec == "" {
				return ErrNotOurs
			}
			return nil
		}
	}
}

func readTracks(body []byte) (s Spec) {
	elements(body, func(id uint32, entry []byte) bool {
		return id != 0xAE || elements(entry, func(id uint32, v []byte) bool {
			switch id {
			case 0x86:
				s.Codec = codecNames[string(v)]
			case 0x63A2:
				s.Private = append([]byte(nil), v...)
			case 0xE0, 0xE1:
				elements(v, func(id uint32, v []byte) bool {
					switch id {
					case 0xB0:
						s.Width = int(number(v))
					case 0xBA:
						s.Height = int(number(v))
					case 0x9F:
						s.Channels = int(number(v))
					}
					return true
				})
			}
			return true
		})
	})
	return s
}

func scanCluster(body []byte, c *Cluster, frame func(int64, bool, []byte)) bool {
	return elements(body, func(id uint32, v []byte) bool {
		switch id {
		case idTimestamp:
			c.Time = int64(number(v))
			c.Last = c.Time
		case idSimpleBlock:
			if len(v) < 4 {
				return false
			}
			key := v[3]&0x80 != 0
			if c.Frames == 0 {
				c.Key = key
			}
			c.Frames++
			c.Last = c.Time + int64(int16(binary.BigEndian.Uint16(v[1:])))
			if frame != nil {
				frame(c.Last, key, v[4:])
			}
		}
		return true
	}) && c.Frames > 0
}

// elements walks the children of a whole element; false when they do not fill it exactly.
func elements(body []byte, each func(id uint32, v []byte) bool) bool {
	for len(body) > 0 {
		idLen := leading(body[0])
		if idLen > 4 || len(body) <= idLen {
			return false
		}
		id := uint32(number(body[:idLen]))
		body = body[idLen:]
		sizeLen := leading(body[0])
		if sizeLen > 8 || len(body) < sizeLen {
			return false
		}
		size := number(body[:sizeLen]) &^ (1 << (7 * sizeLen))
		body = body[sizeLen:]
		if size > uint64(len(body)) || !each(id, body[:size]) {
			return false
		}
		body = body[size:]
	}
	return true
}

func leading(b byte) int {
	n := 1
	for mask := byte(0x80); mask != 0 && b&mask == 0; mask >>= 1 {
		n++
	}
	return n
}

func number(b []byte) (v uint64) {
	for _, x := range b {
		v = v<<8 | uint64(x)
	}
	return v
}

func readID(in *bufio.Reader) (uint32, int, error) {
	raw, n, err := readVint(in, 4)
	return uint32(raw), n, err
}

func readSize(in *bufio.Reader) (uint64, int, error) {
	raw, n, err := readVint(in, 8)
	return raw &^ (1 << (7 * n)), n, err
}

func readVint(in *bufio.Reader, longest int) (uint64, int, error) {
	first, err := in.ReadByte()
	if err != nil {
		return 0, 0, err
	}
	n := leading(first)
	if n > longest {
		return 0, 0, io.ErrUnexpectedEOF
	}
	v := uint64(first)
	for range n - 1 {
		b, err := in.ReadByte()
		if err != nil {
			return 0, 0, io.ErrUnexpectedEOF
		}
		v = v<<8 | uint64(b)
	}
	return v, n, nil
}
