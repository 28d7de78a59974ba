package soap

import (
	"crypto/rand"
	"fmt"
)

// UUID gives a random identifier (RFC 9562, version 4).
func UUID() string {
	var u [16]byte
	rand.Read(u[:])
	u[6], u[8] = u[6]&0x0f|0x40, u[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// MessageID gives the form that WS-Addressing headers carry here.
func MessageID(uuid string) string { return prefixeMessageID + uuid }
