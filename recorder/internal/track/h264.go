package track

import "encoding/binary"

// h264 joins RTP payloads (RFC 6184: single unit, STAP-A, FU-A) to a frame of length-prefixed units.
type h264 struct {
	sps, pps      []byte
	width, height int
	fragment      int // offset of the length field of the unit that FU-A is filling, -1 when none
	idr, tiny     bool
}

func (h *h264) begin() { h.fragment, h.idr, h.tiny = -1, false, false }

// starts tells whether a payload can be the first of a frame.
func (h *h264) starts(p []byte) bool {
	return p[0]&0x1F != 28 || (len(p) > 1 && p[1]&0x80 != 0)
}

// firstSlice tells whether a payload surely begins a picture: parameter sets, a delimiter, or the slice of macroblock 0.
func firstSlice(p []byte) bool {
	switch kind := p[0] & 0x1F; kind {
	case 1, 5:
		return len(p) > 1 && p[1]&0x80 != 0
	case 28:
		return len(p) > 2 && p[1]&0x80 != 0 && p[2]&0x80 != 0
	case 24:
		return len(p) > 3 && firstSlice(p[3:])
	default:
		return kind >= 6 && kind <= 9
	}
}

// add appends the units of one payload to buf; false: the payload makes no sense here.
func (h *h264) add(buf, p []byte) ([]byte, bool) {
	switch kind := p[0] & 0x1F; {
	case kind > 0 && kind < 24:
		return h.unit(buf, p), true
	case kind == 24:
		for p = p[1:]; len(p) > 2; {
			n := int(binary.BigEndian.Uint16(p))
			if n == 0 || len(p) < 2+n {
				return buf, false
			}
			buf = h.unit(buf, p[2:2+n])
			p = p[2+n:]
		}
		return buf, true
	case kind == 28 && len(p) > 2:
		if p[1]&0x80 != 0 {
			h.fragment = len(buf)
			buf = append(buf, 0, 0, 0, 0, p[0]&0xE0|p[1]&0x1F)
		}
		if h.fragment < 0 {
			return buf, false
		}
		buf = append(buf, p[2:]...)
		if p[1]&0x40 != 0 {
			unit := buf[h.fragment+4:]
			binary.BigEndian.PutUint32(buf[h.fragment:], uint32(len(unit)))
			h.note(unit)
			h.fragment = -1
		}
		return buf, true
	}
	return buf, false
}

func (h *h264) unit(buf, unit []byte) []byte {
	h.note(unit)
	buf = binary.BigEndian.AppendUint32(buf, uint32(len(unit)))
	return append(buf, unit...)
}

func (h *h264) note(unit []byte) {
	switch unit[0] & 0x1F {
	case 5:
		h.idr = true
	case 7:
		width, height, ok := spsSize(unit)
		if !ok {
			return
		}
		if blank(width, height) { // the server's blank frame at the end of a track
			h.tiny = true
			return
		}
		h.sps = append(h.sps[:0], unit...)
		h.width, h.height = width, height
	case 8:
		if !h.tiny {
			h.pps = append(h.pps[:0], unit...)
		}
	}
}

// private is the avcC record for the file's header, nil before the parameter sets came.
func (h *h264) private() []byte {
	if len(h.sps) < 4 || len(h.pps) == 0 {
		return nil
	}
	out := []byte{1, h.sps[1], h.sps[2], h.sps[3], 0xFF, 0xE1}
	out = binary.BigEndian.AppendUint16(out, uint16(len(h.sps)))
	out = append(out, h.sps...)
	out = append(out, 1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(h.pps)))
	return append(out, h.pps...)
}

// spsSize reads the picture size out of a sequence parameter set.
func spsSize(unit []byte) (width, height int, ok bool) {
	if len(unit) < 5 {
		return 0, 0, false
	}
	b := bits{data: unescape(unit[4:])}
	b.ue() // seq_parameter_set_id
	chroma := uint(1)
	switch unit[1] {
	case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135:
		if chroma = b.ue(); chroma == 3 {
			b.u(1)
		}
		b.ue()
		b.ue()
		b.u(1)
		if b.u(1) == 1 {
			return 0, 0, false // scaling matrices: no browser sends them
		}
	}
	b.ue()
	switch b.ue() {
	case 0:
		b.ue()
	case 1:
		b.u(1)
		b.ue()
		b.ue()
		for range min(b.ue(), 256) {
			b.ue()
		}
	}
	b.ue()
	b.u(1)
	wide := b.ue() + 1
	high := b.ue() + 1
	fields := 2 - b.u(1)
	if fields == 2 {
		b.u(1)
	}
	b.u(1)
	var left, right, top, bottom uint
	if b.u(1) == 1 {
		left, right, top, bottom = b.ue(), b.ue(), b.ue(), b.ue()
	}
	cropX, cropY := uint(2), 2*fields
	if chroma == 0 || chroma == 3 {
		cropX, cropY = 1, fields
	}
	w, h := wide*16-(left+right)*cropX, high*16*fields-(top+bottom)*cropY
	return int(w), int(h), !b.short && w > 0 && h > 0 && w < 1<<14 && h < 1<<14
}

func unescape(p []byte) []byte {
	out := make([]byte, 0, len(p))
	for i, x := range p {
		if x == 3 && i >= 2 && p[i-1] == 0 && p[i-2] == 0 {
			continue
		}
		out = append(out, x)
	}
	return out
}

type bits struct {
	data  []byte
	at    int
	short bool
}

func (b *bits) u(n int) (v uint) {
	for range n {
		if b.at >= len(b.data)*8 {
			b.short = true
			return 0
		}
		v = v<<1 | uint(b.data[b.at/8]>>(7-b.at%8)&1)
		b.at++
	}
	return v
}

func (b *bits) ue() uint {
	zeros := 0
	for b.u(1) == 0 {
		if zeros++; b.short || zeros > 31 {
			b.short = true
			return 0
		}
	}
	return 1<<zeros - 1 + b.u(zeros)
}
