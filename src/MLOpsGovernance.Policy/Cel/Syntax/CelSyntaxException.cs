namespace MLOpsGovernance.Policy.Cel.Syntax;

/// <summary>Ends the reading of one expression; never leaves <see cref="Parser"/>.</summary>
internal sealed class CelSyntaxException(string message, int offset) : Exception(message)
{
    public int Offset => offset;
}
