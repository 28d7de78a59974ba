package diapasontest

import (
	"fmt"
	"os"
	"syscall"
	"unsafe"
)

// PTY is a pseudo-terminal: a serial line between a simulated terminal, which
// has this end, and a program that opens Chemin. It keeps the other end open, as
// a cable does.
type PTY struct {
	*os.File
	Chemin string
	garde  *os.File
}

// OuvrePTY gives a raw pseudo-terminal, without echo. Linux only: elsewhere the
// standard library does not have what it takes, and it is errors.ErrUnsupported.
func OuvrePTY() (*PTY, error) {
	maitre, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, err
	}
	p := &PTY{File: maitre}
	var verrou, numero int32
	if err = ioctl(maitre, syscall.TIOCSPTLCK, unsafe.Pointer(&verrou)); err == nil {
		err = ioctl(maitre, syscall.TIOCGPTN, unsafe.Pointer(&numero))
	}
	if err == nil {
		p.Chemin = fmt.Sprintf("/dev/pts/%d", numero)
		p.garde, err = os.OpenFile(p.Chemin, os.O_RDWR|syscall.O_NOCTTY, 0)
	}
	if err == nil {
		brut := syscall.Termios{Cflag: syscall.CS8 | syscall.CREAD | syscall.CLOCAL | syscall.B9600}
		brut.Cc[syscall.VMIN] = 1
		err = ioctl(p.garde, syscall.TCSETS, unsafe.Pointer(&brut))
	}
	if err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

// Close takes the line away.
func (p *PTY) Close() error {
	err := p.File.Close()
	if p.garde != nil {
		p.garde.Close()
	}
	return err
}

func ioctl(f *os.File, demande uintptr, argument unsafe.Pointer) error {
	c, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var n syscall.Errno
	if err := c.Control(func(fd uintptr) { _, _, n = syscall.Syscall(syscall.SYS_IOCTL, fd, demande, uintptr(argument)) }); err != nil {
		return err
	}
	if n != 0 {
		return n
	}
	return nil
}
