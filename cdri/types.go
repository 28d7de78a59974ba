package cdri

import "github.com/simphonie/simphonie/cdri/modele"

// The model is shared with the test suite of codecs; these are its names here.
type (
	// Demande asks the rights of one beneficiary.
	Demande = modele.Demande
	// Moment is the point of the patient's way at which the question is asked.
	Moment = modele.Moment
	// Reponse is what the service said of one beneficiary.
	Reponse = modele.Reponse
	// Issue is the outcome of a question, as the service worded it.
	Issue = modele.Issue
	// Sens is what an outcome means for the agent.
	Sens = modele.Sens
	// Message is something that the service tells the agent beside the rights.
	Message = modele.Message
	// Refus is a request that was not sent, with every fault.
	Refus = modele.Refus
	// Interpretations are the readings of open questions.
	Interpretations = modele.Interpretations
	// Codec maps requests and answers to and from XML.
	Codec = modele.Codec
	// CodecLot is a Codec that knows the batch messages too.
	CodecLot = modele.CodecLot
	// Profil says how the messages of a codec travel.
	Profil = modele.Profil
)

// Moments.
const (
	PreAdmission = modele.PreAdmission
	Admission    = modele.Admission
	Facturation  = modele.Facturation
)

// Meanings of outcomes.
const (
	SensAVerifier   = modele.SensAVerifier
	Trouve          = modele.Trouve
	NonTrouve       = modele.NonTrouve
	Ambigu          = modele.Ambigu
	RegimeNonOuvert = modele.RegimeNonOuvert
)
