// Package sockets looks after the process's own UDP sockets: a large receive buffer, and what the kernel
// dropped nevertheless. The SDK has no hook for either, so the sockets are found through /proc.
package sockets

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// Receive is the wanted receive buffer in bytes.
const Receive = 4 << 20

// Keeper remembers which sockets were treated and what they had dropped. Not safe for concurrent use.
type Keeper struct {
	seen map[string]uint64 // inode → drops told
}

// Look enlarges the buffers of new sockets. It returns the number of packets dropped since the last
// look and the smallest buffer given to a new socket (0: no new socket).
func (k *Keeper) Look() (dropped uint64, smallest int, err error) {
	drops, err := table()
	if err != nil {
		return 0, 0, err
	}
	now := map[string]uint64{}
	err = own(func(fd int, inode string) {
		count, udp := drops[inode]
		if !udp {
			return
		}
		before, known := k.seen[inode]
		if !known {
			if size := enlarge(fd); smallest == 0 || size < smallest {
				smallest = size
			}
		}
		if count > before {
			dropped += count - before
		}
		now[inode] = count
	})
	if err != nil {
		return 0, 0, err
	}
	k.seen = now
	return dropped, smallest, nil
}

// Enlarge treats new sockets at once: between joining a room and the next Look its first packets would be
// dropped. It keeps no state and may run beside a Keeper.
func Enlarge() error {
	return own(func(fd int, _ string) {
		kind, err := syscall.GetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_TYPE)
		if err != nil || kind != syscall.SOCK_DGRAM {
			return
		}
		if size, err := syscall.GetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_RCVBUF); err == nil && size < Receive {
			enlarge(fd)
		}
	})
}

// own visits all sockets of this process.
func own(visit func(fd int, inode string)) error {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return err
	}
	for _, e := range entries {
		link, err := os.Readlink("/proc/self/fd/" + e.Name())
		inode, ok := strings.CutPrefix(link, "socket:[")
		if err != nil || !ok {
			continue
		}
		if fd, err := strconv.Atoi(e.Name()); err == nil {
			visit(fd, strings.TrimSuffix(inode, "]"))
		}
	}
	return nil
}

// enlarge sets the buffer, past the system's limit when we may, and returns what the kernel gave.
func enlarge(fd int) int {
	const rcvbufForce = 33 // SO_RCVBUFFORCE
	if syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, rcvbufForce, Receive) != nil {
		_ = syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_RCVBUF, Receive)
	}
	got, err := syscall.GetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_RCVBUF)
	if err != nil {
		return 0
	}
	return got / 2 // the kernel doubles the value for its own use
}

// table reads the drops of all UDP sockets by inode.
func table() (map[string]uint64, error) {
	drops := map[string]uint64{}
	for _, path := range []string{"/proc/self/net/udp", "/proc/self/net/udp6"} {
		f, err := os.Open(path)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		lines := bufio.NewScanner(f)
		lines.Scan() // headings
		for lines.Scan() {
			fields := strings.Fields(lines.Text())
			if len(fields) < 13 {
				continue
			}
			n, _ := strconv.ParseUint(fields[12], 10, 64)
			drops[fields[9]] = n
		}
		err = lines.Err()
		f.Close()
		if err != nil {
			return nil, err
		}
	}
	return drops, nil
}
