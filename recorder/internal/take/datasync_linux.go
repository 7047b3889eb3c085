package take

import (
	"os"
	"syscall"
)

// datasync waits for a file's data and size, not for its times.
func datasync(f *os.File) error {
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var result error
	if err := raw.Control(func(fd uintptr) {
		for {
			if result = syscall.Fdatasync(int(fd)); result != syscall.EINTR {
				return
			}
		}
	}); err != nil {
		return err
	}
	return result
}
