package track

// vp8Payload takes off the VP8 payload descriptor (RFC 7741). start: first packet of a frame.
func vp8Payload(p []byte) (body []byte, start, ok bool) {
	if len(p) < 2 {
		return nil, false, false
	}
	start = p[0]&0x10 != 0 && p[0]&0x0F == 0
	n := 1
	if p[0]&0x80 != 0 {
		x := p[1]
		n++
		if x&0x80 != 0 { // picture id, 7 or 15 bits
			if len(p) <= n {
				return nil, false, false
			}
			if p[n]&0x80 != 0 {
				n++
			}
			n++
		}
		if x&0x40 != 0 {
			n++
		}
		if x&0x30 != 0 {
			n++
		}
	}
	if len(p) <= n {
		return nil, false, false
	}
	return p[n:], start, true
}

// vp8Key tells whether a frame is a keyframe, and its size.
func vp8Key(f []byte) (key bool, width, height int) {
	if len(f) < 10 || f[0]&1 != 0 || f[3] != 0x9D || f[4] != 0x01 || f[5] != 0x2A {
		return false, 0, 0
	}
	return true, (int(f[7])<<8 | int(f[6])) & 0x3FFF, (int(f[9])<<8 | int(f[8])) & 0x3FFF
}

// vp8Valid tells whether a frame can be the start of a VP8 frame at all (padding that slipped through cannot).
func vp8Valid(f []byte) bool {
	if len(f) < 3 {
		return false
	}
	if f[0]&1 == 0 {
		key, _, _ := vp8Key(f)
		return key
	}
	return true
}
