namespace MLOpsGovernance.Evidence.Notes;

/// <summary>What a key signs. One key never serves two kinds.</summary>
public enum NoteKeyKind : byte
{
    /// <summary>Ed25519 over the text of the note.</summary>
    Note = 0x01,

    /// <summary>Ed25519 over a time and the text: a witness's word that this is the largest consistent tree it has seen.</summary>
    Cosignature = 0x04,
}
