package track

import "encoding/binary"

// Parse reads the RTP header of raw into p (p.Arrival is left alone). ok is false for what is not RTP.
// A packet that is only padding has an empty payload: it keeps the sequence and carries nothing.
func Parse(raw []byte, p *Packet) (ok bool) {
	if len(raw) < 12 || raw[0]>>6 != 2 {
		return false
	}
	head := 12 + 4*int(raw[0]&0x0F)
	if raw[0]&0x10 != 0 {
		if len(raw) < head+4 {
			return false
		}
		head += 4 + 4*int(binary.BigEndian.Uint16(raw[head+2:]))
	}
	end := len(raw)
	if raw[0]&0x20 != 0 {
		end -= int(raw[end-1])
	}
	if head > len(raw) || end < head {
		return false
	}
	p.Marker = raw[1]&0x80 != 0
	p.Seq = binary.BigEndian.Uint16(raw[2:])
	p.TS = binary.BigEndian.Uint32(raw[4:])
	p.Payload = raw[head:end]
	return true
}
