package pkcs11

import (
	"path/filepath"
	"runtime"
)

// Noms lists the names of the CPS library on this system, the first to try
// first. They are names, not paths: the system's loader looks for them.
func Noms() []string { return noms(runtime.GOOS, runtime.GOARCH) }

func noms(systeme, processeur string) []string {
	switch systeme {
	case "windows":
		if processeur == "386" {
			return []string{"cps3_pkcs11.dll"}
		}
		return []string{"cps3_pkcs11_w64.dll", "cps3_pkcs11.dll"}
	case "darwin":
		return []string{"libcps3_pkcs11_osx.dylib"}
	}
	return []string{"libcps3_pkcs11.so"}
}

// nomSur refuses a path that depends on the current directory: the library sees
// the PIN.
func nomSur(chemin string) bool {
	return filepath.IsAbs(chemin) || chemin == filepath.Base(chemin) && chemin != "." && chemin != ".."
}
