namespace MLOpsGovernance.Policy;

/// <param name="Path">Relative to the set's folder, with <c>/</c> between its parts.</param>
/// <param name="Text">The whole YAML text.</param>
public sealed record PolicyFile(string Path, string Text);

/// <summary>What is wrong with a file of the set, and where.</summary>
/// <param name="File">The path of the file as given.</param>
/// <param name="Line">1-based line; 1 when the whole file is meant.</param>
/// <param name="Column">1-based column.</param>
/// <param name="Code">Stable, machine-readable: <c>yaml.syntax</c>, <c>policy.unknown-key</c>, <c>cel.check</c> …</param>
/// <param name="Message">A sentence that says what was wrong and what is allowed.</param>
/// <param name="Suggestion">The nearest known name, where a name was unknown.</param>
public sealed record LoadError(string File, int Line, int Column, string Code, string Message, string? Suggestion = null);

/// <param name="Set">Null exactly when there is at least one error.</param>
/// <param name="Errors">In the order of files and lines.</param>
/// <param name="Warnings">What is legal and yet looks like a mistake.</param>
public sealed record PolicySetLoad(PolicySet? Set, IReadOnlyList<LoadError> Errors, IReadOnlyList<LoadError> Warnings);
