# SPDX-License-Identifier: Apache-2.0
"""The keys of one end: one to sign with, one that others seal to.

They are made on the laptop and never leave it; the store keeps :meth:`Keys.private`, the centre
learns :attr:`Keys.public`. All of them are 32 plain bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

KEY_BYTES: Final = 32
PRIVATE_BYTES: Final = 2 * KEY_BYTES


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What others may know of one end."""

    signing: bytes
    """Ed25519, 32 bytes."""
    sealing: bytes
    """X25519, 32 bytes."""

    def to_json(self) -> dict[str, str]:
        return {"ed25519": self.signing.hex(), "x25519": self.sealing.hex()}

    @classmethod
    def from_json(cls, told: Any) -> PublicKeys:
        """Raises ``ValueError`` for anything but two keys."""
        try:
            keys = bytes.fromhex(told["ed25519"]), bytes.fromhex(told["x25519"])
        except (KeyError, TypeError) as wrong:
            raise ValueError("no keys") from wrong
        if any(len(key) != KEY_BYTES for key in keys):
            raise ValueError("no keys")
        return cls(*keys)


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """The private keys of one end. Their ``repr`` shows nothing."""

    signing: bytes
    sealing: bytes
    public: PublicKeys = field(init=False)

    def __post_init__(self) -> None:
        signing = Ed25519PrivateKey.from_private_bytes(self.signing).public_key()
        sealing = X25519PrivateKey.from_private_bytes(self.sealing).public_key()
        keys = PublicKeys(signing.public_bytes_raw(), sealing.public_bytes_raw())
        object.__setattr__(self, "public", keys)

    def __repr__(self) -> str:
        return "Keys(…)"

    @classmethod
    def make(cls) -> Keys:
        """New keys from the system's randomness."""
        return cls(
            Ed25519PrivateKey.generate().private_bytes_raw(),
            X25519PrivateKey.generate().private_bytes_raw(),
        )

    def private(self) -> bytes:
        """All that is to be kept, 64 bytes, for the encrypted store and nowhere else."""
        return self.signing + self.sealing

    @classmethod
    def from_private(cls, kept: bytes) -> Keys:
        """What :meth:`private` gave. Raises ``ValueError`` for anything else."""
        if len(kept) != PRIVATE_BYTES:
            raise ValueError("no keys")
        return cls(kept[:KEY_BYTES], kept[KEY_BYTES:])
