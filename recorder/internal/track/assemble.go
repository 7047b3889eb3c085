package track

import (
	"bytes"
	"time"

	"tiepdan.vn/recorder/internal/webm"
)

// Frame is one whole frame. Data is valid only during the call it is passed to.
type Frame struct {
	Data          []byte
	TS            uint32
	Key           bool
	Width, Height int    // of the running picture; set from the first keyframe on
	Private       []byte // H.264 only
	Arrival       time.Time
}

// Assembler joins packets in order to whole frames. A frame with a missing packet is dropped: what is
// written was received in full.
type Assembler struct {
	Codec string
	Out   func(f *Frame)
	Loss  func() // a keyframe is wanted

	Dropped uint64

	buf     []byte
	frame   Frame
	h264    h264
	active  bool // a frame is being joined
	damaged bool // and misses something
	gap     bool
}

// blank: LiveKit sends tiny pictures at the end of a track to empty the decoder. They were never filmed.
func blank(width, height int) bool { return width <= 16 && height <= 16 }

// Packet takes in the next packet in sequence; gap: packets before it are lost.
func (a *Assembler) Packet(p *Packet, gap bool) {
	a.gap = a.gap || gap
	if len(p.Payload) == 0 { // padding
		return
	}
	if a.Codec == webm.Opus {
		a.gap = false
		a.frame = Frame{Data: p.Payload, TS: p.TS, Key: true, Arrival: p.Arrival}
		a.Out(&a.frame)
		return
	}
	payload, start, ok := p.Payload, false, true
	if a.Codec == webm.VP8 {
		payload, start, ok = vp8Payload(p.Payload)
	} else {
		start = !(a.active && a.frame.TS == p.TS) && a.h264.starts(payload)
	}
	if !ok {
		return
	}
	a.boundary(p, start)
	if !a.active {
		return
	}
	if a.Codec == webm.VP8 {
		a.buf = append(a.buf, payload...)
	} else if a.buf, ok = a.h264.add(a.buf, payload); !ok {
		a.damaged = true
	}
	if p.Marker {
		a.finish()
	}
}

// boundary ends the frame before and begins the next one where the packet says so.
func (a *Assembler) boundary(p *Packet, start bool) {
	gap := a.gap
	a.gap = false
	if gap {
		a.Loss()
	}
	if a.active && (p.TS != a.frame.TS || start) {
		a.damaged = a.damaged || gap // its end may be among the lost
		a.finish()
	} else if a.active && gap {
		a.damaged = true
		return
	}
	if a.active {
		return
	}
	if !start {
		if a.frame.TS != p.TS { // the head of this frame is lost; count the frame once
			a.frame.TS = p.TS
			a.Dropped++
			a.Loss()
		}
		return
	}
	a.active = true
	// After a loss only the first slice shows that nothing of this picture is missing before it.
	a.damaged = gap && a.Codec == webm.H264 && !firstSlice(p.Payload)
	a.buf = a.buf[:0]
	a.frame.TS, a.frame.Arrival = p.TS, p.Arrival
	a.h264.begin()
}

func (a *Assembler) finish() {
	a.active = false
	f := &a.frame
	f.Data, f.Key = a.buf, false
	if a.damaged {
		a.Dropped++
		a.Loss()
		return
	}
	switch a.Codec {
	case webm.VP8:
		if !vp8Valid(f.Data) {
			return
		}
		if key, width, height := vp8Key(f.Data); key {
			if blank(width, height) {
				return
			}
			f.Key, f.Width, f.Height = true, width, height
		}
	case webm.H264:
		if a.h264.tiny || len(f.Data) == 0 {
			return
		}
		if private := a.h264.private(); a.h264.idr && private != nil {
			f.Key, f.Width, f.Height = true, a.h264.width, a.h264.height
			if !bytes.Equal(private, f.Private) {
				f.Private = private
			}
		}
	}
	a.Out(f)
}
