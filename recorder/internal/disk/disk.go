// Package disk tells how much space is left.
package disk

import "syscall"

// Space is free (for us) and total bytes of a file system.
type Space struct {
	Free  int64 `json:"free"`
	Total int64 `json:"total"`
}

// At measures the file system that holds path.
func At(path string) (Space, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(path, &s); err != nil {
		return Space{}, err
	}
	return Space{Free: int64(s.Bavail) * s.Bsize, Total: int64(s.Blocks) * s.Bsize}, nil
}
