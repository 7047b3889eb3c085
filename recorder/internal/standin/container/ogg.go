package container

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// OpusPackets gives all sound packets of an Ogg file (header packets left out)
// and the number of samples at 48 kHz that a decoder puts before the sound.
func OpusPackets(in io.Reader) (packets [][]byte, preSkip int, err error) {
	all, err := oggPackets(in)
	if err != nil {
		return nil, 0, err
	}
	if len(all) < 2 || !bytes.HasPrefix(all[0], []byte("OpusHead")) || len(all[0]) < 19 ||
		!bytes.HasPrefix(all[1], []byte("OpusTags")) {
		return nil, 0, errors.New("not an Ogg file with Opus sound")
	}
	return all[2:], int(all[0][10]) | int(all[0][11])<<8, nil
}

// oggPackets joins the lacing segments of the pages to packets: a segment
// shorter than 255 bytes ends a packet, which may begin on an earlier page.
func oggPackets(in io.Reader) ([][]byte, error) {
	var packets [][]byte
	var part []byte
	for {
		var head [27]byte
		if _, err := io.ReadFull(in, head[:]); err == io.EOF {
			return packets, nil
		} else if err != nil {
			return nil, fmt.Errorf("Ogg page: %w", err)
		}
		if string(head[:4]) != "OggS" || head[4] != 0 {
			return nil, errors.New("not an Ogg page")
		}
		lacing := make([]byte, head[26])
		if _, err := io.ReadFull(in, lacing); err != nil {
			return nil, fmt.Errorf("Ogg page: %w", err)
		}
		for _, n := range lacing {
			segment := make([]byte, n)
			if _, err := io.ReadFull(in, segment); err != nil {
				return nil, fmt.Errorf("Ogg page: %w", err)
			}
			part = append(part, segment...)
			if n < 255 {
				packets, part = append(packets, part), nil
			}
		}
	}
}
