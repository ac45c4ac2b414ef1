module model-signoff/dsse_verifier

go 1.26.0

require (
	github.com/hiddeco/sshsig v0.2.0
	github.com/secure-systems-lab/go-securesystemslib v0.11.1
	golang.org/x/crypto v0.59.0
)

require golang.org/x/sys v0.50.0 // indirect
