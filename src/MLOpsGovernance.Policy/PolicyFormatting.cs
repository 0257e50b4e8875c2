using MLOpsGovernance.Policy.Documents;

namespace MLOpsGovernance.Policy;

/// <summary>One way to write documents, so that a difference shows what was changed and nothing else.</summary>
public static class PolicyFormatting
{
    /// <summary>
    /// The text as it should be written: line feeds, no blanks at line ends, at most one empty line in a row, and the keys of policies and tests in the order of
    /// their form. Lines are moved, never rewritten: comments stay with what they stand above, and quotes, flow style and indentation are the author's.
    /// Guaranteed to mean the same; where that cannot be shown, an error.
    /// </summary>
    public static (string? Text, IReadOnlyList<LoadError> Errors) Of(PolicyFile file)
    {
        var diagnostics = new Diagnostics();
        var text = DocumentLayout.Format(file, diagnostics);
        return diagnostics.Count > 0 ? (null, diagnostics.Errors) : (text, []);
    }
}
