// Verifies DSSE envelopes as an independent implementation does: envelopes by go-securesystemslib, SSHSIG by hiddeco/sshsig.
// Standard input: {"namespace": …, "signers": [authorized keys], "envelopes": [base64]}. Standard output: one boolean for each.
package main

import (
	"bytes"
	"context"
	"crypto"
	"encoding/json"
	"log"
	"os"

	"github.com/hiddeco/sshsig"
	"github.com/secure-systems-lab/go-securesystemslib/dsse"
	"golang.org/x/crypto/ssh"
)

type question struct {
	Namespace string   `json:"namespace"`
	Signers   []string `json:"signers"`
	Envelopes [][]byte `json:"envelopes"`
}

// sshVerifier checks one SSH key's signatures over the pre-authentication encoding.
type sshVerifier struct {
	key       ssh.PublicKey
	namespace string
}

func (v sshVerifier) Verify(_ context.Context, data, sig []byte) error {
	signature, err := sshsig.Unarmor(sig)
	if err != nil {
		return err
	}
	return sshsig.Verify(bytes.NewReader(data), signature, v.key, signature.HashAlgorithm, v.namespace)
}

func (v sshVerifier) KeyID() (string, error) { return ssh.FingerprintSHA256(v.key), nil }

func (v sshVerifier) Public() crypto.PublicKey { return v.key }

func main() {
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		log.Fatal(err)
	}
	var verifiers []dsse.Verifier
	for _, line := range asked.Signers {
		key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(line))
		if err != nil {
			log.Fatal(err)
		}
		verifiers = append(verifiers, sshVerifier{key, asked.Namespace})
	}
	verifier, err := dsse.NewEnvelopeVerifier(verifiers...)
	if err != nil {
		log.Fatal(err)
	}
	accepted := make([]bool, 0, len(asked.Envelopes))
	for _, bytes := range asked.Envelopes {
		accepted = append(accepted, accepts(verifier, bytes))
	}
	if err := json.NewEncoder(os.Stdout).Encode(accepted); err != nil {
		log.Fatal(err)
	}
}

func accepts(verifier *dsse.EnvelopeVerifier, bytes []byte) bool {
	var envelope dsse.Envelope
	if err := json.Unmarshal(bytes, &envelope); err != nil {
		return false
	}
	keys, err := verifier.Verify(context.Background(), &envelope)
	return err == nil && len(keys) == 1
}
