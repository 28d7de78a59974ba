package teleservice

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/internal/soap"
)

// Faute is the SOAP fault that a teleservice answered; errors.As finds it in
// the error of a call.
type Faute soap.Faute

// Error gives the codes; the texts of the fault may echo personal data and are
// read by name (Raison.Clair, Technique.Clair).
func (f *Faute) Error() string {
	s := "SOAP fault " + f.Code
	for _, c := range []string{f.SousCode, f.DetailCode, f.Severite} {
		if c != "" {
			s += " " + c
		}
	}
	return s
}

// indisponible is the subcode of a service that does not answer for now.
const indisponible = "siram_40"

// reessayable says whether the same read may be tried again: only the class of
// unavailable services, and never a fault of the sender.
func (f *Faute) reessayable() bool {
	return f.SousCode == indisponible && f.Code != "Sender" && f.Code != "Client"
}

func erreurConfig(code simphonie.Code, chemin, detail string) error {
	return &simphonie.Erreur{Code: code, Service: "teleservice", Chemin: chemin, Detail: detail}
}
