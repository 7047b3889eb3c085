// Package webm writes and reads the small part of WebM that a recording needs: one track per file,
// a segment of unknown size and whole clusters of known size, so that a file that is cut anywhere
// is still playable up to its last whole cluster.
package webm

import (
	"encoding/binary"
	"math"
)

// Codec names as they stand in index.jsonl.
const (
	VP8  = "vp8"
	H264 = "h264"
	Opus = "opus"
)

// Spec says what the single track of a file holds.
type Spec struct {
	Codec         string
	Width, Height int
	Channels      int
	Private       []byte // H.264: avcC; Opus: made here when empty
}

const (
	idEBML        = 0x1A45DFA3
	idSegment     = 0x18538067
	idInfo        = 0x1549A966
	idTracks      = 0x1654AE6B
	idCluster     = 0x1F43B675
	idTimestamp   = 0xE7
	idSimpleBlock = 0xA3
)

var codecIDs = map[string]string{VP8: "V_VP8", H264: "V_MPEG4/ISO/AVC", Opus: "A_OPUS"}

// Header returns the bytes before the first cluster. It holds no DateUTC (a date makes sound and
// picture of one MediaSource drift apart; time belongs in the index) and no duration.
func Header(s Spec) []byte {
	docType := "webm"
	if s.Codec == H264 {
		docType = "matroska" // WebM allows VP8/VP9/AV1 only
	}
	out := element(nil, idEBML, join(
		uintElement(0x4286, 1), uintElement(0x42F7, 1),
		uintElement(0x42F2, 4), uintElement(0x42F3, 8),
		element(nil, 0x4282, []byte(docType)),
		uintElement(0x4287, 4), uintElement(0x4285, 2),
	))
	out = append(appendID(out, idSegment), 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)
	out = element(out, idInfo, join(
		uintElement(0x2AD7B1, 1_000_000), // one tick is one millisecond
		element(nil, 0x4D80, []byte("tiepdan")),
		element(nil, 0x5741, []byte("tiepdan recorder")),
	))
	return element(out, idTracks, element(nil, 0xAE, trackEntry(s)))
}

func trackEntry(s Spec) []byte {
	kind := uint64(1)
	if s.Codec == Opus {
		kind = 2
	}
	entry := join(
		uintElement(0xD7, 1), uintElement(0x73C5, 1), uintElement(0x83, kind), uintElement(0x9C, 0),
		element(nil, 0x86, []byte(codecIDs[s.Codec])),
	)
	private := s.Private
	if s.Codec == Opus {
		channels := max(s.Channels, 1)
		if len(private) == 0 {
			private = opusHead(channels)
		}
		entry = join(entry, uintElement(0x56AA, 0), uintElement(0x56BB, 80_000_000),
			element(nil, 0xE1, join(floatElement(0xB5, 48000), uintElement(0x9F, uint64(channels)))))
	} else {
		entry = element(entry, 0xE0, join(uintElement(0xB0, uint64(s.Width)), uintElement(0xBA, uint64(s.Height))))
	}
	if len(private) > 0 {
		entry = element(entry, 0x63A2, private)
	}
	return entry
}

// opusHead has no pre-skip: recording starts in the middle of a running stream, nothing is to be cut.
func opusHead(channels int) []byte {
	head := append([]byte("OpusHead"), 1, byte(channels), 0, 0)
	head = binary.LittleEndian.AppendUint32(head, 48000)
	return append(head, 0, 0, 0)
}

func element(dst []byte, id uint32, body []byte) []byte {
	dst = appendID(dst, id)
	dst = appendSize(dst, uint64(len(body)))
	return append(dst, body...)
}

func uintElement(id uint32, v uint64) []byte {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], v)
	i := 0
	for i < 7 && b[i] == 0 {
		i++
	}
	return element(nil, id, b[i:])
}

func floatElement(id uint32, v float64) []byte {
	return element(nil, id, binary.BigEndian.AppendUint64(nil, math.Float64bits(v)))
}

func appendID(dst []byte, id uint32) []byte {
	switch {
	case id > 0xFFFFFF:
		dst = append(dst, byte(id>>24))
		fallthrough
	case id > 0xFFFF:
		dst = append(dst, byte(id>>16))
		fallthrough
	case id > 0xFF:
		dst = append(dst, byte(id>>8))
	}
	return append(dst, byte(id))
}

// appendSize writes an EBML size with the fewest bytes (the all-ones value of each width means "unknown").
func appendSize(dst []byte, n uint64) []byte {
	switch {
	case n < 1<<7-1:
		return append(dst, 0x80|byte(n))
	case n < 1<<14-1:
		return append(dst, 0x40|byte(n>>8), byte(n))
	case n < 1<<21-1:
		return append(dst, 0x20|byte(n>>16), byte(n>>8), byte(n))
	}
	return append(dst, 0x10|byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
}

func join(parts ...[]byte) []byte {
	var out []byte
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}
