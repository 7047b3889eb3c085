package container

import (
	"bytes"
	"encoding/binary"
	"io"
	"testing"
)

func ivf(frames ...[]byte) []byte {
	head := make([]byte, 32)
	copy(head, "DKIF")
	copy(head[8:], "VP80")
	binary.LittleEndian.PutUint16(head[12:], 640)
	binary.LittleEndian.PutUint16(head[14:], 360)
	binary.LittleEndian.PutUint32(head[16:], 15)
	binary.LittleEndian.PutUint32(head[20:], 1)
	for i, frame := range frames {
		line := make([]byte, 12)
		binary.LittleEndian.PutUint32(line, uint32(len(frame)))
		binary.LittleEndian.PutUint64(line[4:], uint64(i))
		head = append(append(head, line...), frame...)
	}
	return head
}

func TestIVFFramesComeInOrder(t *testing.T) {
	data := ivf([]byte{0x10, 1, 2}, bytes.Repeat([]byte{0x11}, 5000), []byte{0x31})
	r, err := NewIVF(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if r.Width != 640 || r.Height != 360 || r.Rate != 15 || r.Scale != 1 {
		t.Fatalf("header: %+v", r)
	}
	for i, want := range []int{3, 5000, 1} {
		frame, pts, err := r.Next()
		if err != nil || len(frame) != want || pts != uint64(i) {
			t.Fatalf("frame %d: %d bytes, pts %d, %v", i, len(frame), pts, err)
		}
		if IsKey(frame) != (i == 0) {
			t.Errorf("frame %d: key %v", i, IsKey(frame))
		}
	}
	if _, _, err := r.Next(); err != io.EOF {
		t.Fatalf("end: %v", err)
	}
}

func TestIVFCutInTheMiddleIsAnError(t *testing.T) {
	data := ivf([]byte{1, 2, 3, 4})
	r, err := NewIVF(bytes.NewReader(data[:len(data)-2]))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := r.Next(); err == nil || err == io.EOF {
		t.Fatalf("cut frame: %v", err)
	}
	if _, err := NewIVF(bytes.NewReader([]byte("RIFF0000AVI 00000000000000000000"))); err == nil {
		t.Fatal("another format was taken for IVF")
	}
}

func page(lacing []byte, body []byte) []byte {
	head := make([]byte, 27)
	copy(head, "OggS")
	head[26] = byte(len(lacing))
	return append(append(head, lacing...), body...)
}

func TestOpusPacketsAcrossPages(t *testing.T) {
	opusHead := append([]byte("OpusHead\x01\x01"), 0x38, 0x01, 0, 0, 0, 0, 0, 0, 0)
	long := bytes.Repeat([]byte{7}, 300)
	var file []byte
	file = append(file, page([]byte{byte(len(opusHead))}, opusHead)...)
	file = append(file, page([]byte{8}, []byte("OpusTags"))...)
	file = append(file, page([]byte{3, 255}, append([]byte{1, 2, 3}, long[:255]...))...)
	file = append(file, page([]byte{45, 1}, append(append([]byte{}, long[255:]...), 9))...)
	packets, skip, err := OpusPackets(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if skip != 312 || len(packets) != 3 {
		t.Fatalf("skip %d, %d packets", skip, len(packets))
	}
	if !bytes.Equal(packets[0], []byte{1, 2, 3}) || !bytes.Equal(packets[1], long) || !bytes.Equal(packets[2], []byte{9}) {
		t.Fatalf("packets: %v", packets)
	}
}
