// Package floor is the yardstick of the recorder's bench: a plain program that receives the same packets
// by UDP, decrypts, hashes and writes them, and nothing else. No room, no jitter buffer, no feedback to the
// sender, no frames, no container, no index, no ledger. What the recorder costs above this is what its own
// work costs; less than this is not possible for a separate program.
package floor

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"

	"github.com/pion/srtp/v3"
)

// profile is what LiveKit's server and Go SDK agree on.
const profile = srtp.ProtectionProfileAeadAes128Gcm

// NewKey makes a key for one run: master key and salt, in hexadecimal.
func NewKey() (string, error) {
	key, salt, err := lengths()
	if err != nil {
		return "", err
	}
	raw := make([]byte, key+salt)
	_, err = rand.Read(raw)
	return hex.EncodeToString(raw), err
}

func cipherContext(text string) (*srtp.Context, error) {
	key, salt, err := lengths()
	if err != nil {
		return nil, err
	}
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != key+salt {
		return nil, fmt.Errorf("the key must be %d bytes in hexadecimal", key+salt)
	}
	return srtp.CreateContext(raw[:key], raw[key:], profile)
}

func lengths() (key, salt int, err error) {
	if key, err = profile.KeyLen(); err != nil {
		return 0, 0, err
	}
	salt, err = profile.SaltLen()
	return key, salt, err
}

// Streams of point i (from 0) have these SSRCs.
func pictureOf(i int) uint32 { return uint32(2*i + 1) }
func soundOf(i int) uint32   { return uint32(2*i + 2) }
