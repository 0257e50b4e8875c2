using MLOpsGovernance.Policy.Cel;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>Everything wrong with a set, collected, so that an author sees all of it at once.</summary>
internal sealed class Diagnostics
{
    private readonly List<LoadError> _errors = [];
    private readonly List<LoadError> _warnings = [];

    public IReadOnlyList<LoadError> Errors => Sorted(_errors);

    public IReadOnlyList<LoadError> Warnings => Sorted(_warnings);

    public int Count => _errors.Count;

    public bool HasErrorsIn(string file) => _errors.Exists(e => e.File == file);

    private static List<LoadError> Sorted(IEnumerable<LoadError> errors) =>
        [.. errors.OrderBy(static e => e.File, StringComparer.Ordinal).ThenBy(static e => e.Line).ThenBy(static e => e.Column)];

    public void Error(string file, int line, int column, string code, string message, string? suggestion = null) =>
        _errors.Add(new(file, line, column, code, suggestion is null ? message : $"{message} Did you mean '{suggestion}'?", suggestion));

    public void Error(string file, YamlNode at, string code, string message, string? suggestion = null) =>
        Error(file, at.Line, at.Column, code, message, suggestion);

    /// <summary>An issue inside an expression, at its place in the file.</summary>
    public void Error(string file, YamlScalar expression, CelIssue issue)
    {
        var (line, column) = expression.Locate(issue.Offset);
        Error(file, line, column, issue.Code, issue.Message, issue.Suggestion);
    }

    public void Warning(string file, YamlNode at, string code, string message) => _warnings.Add(new(file, at.Line, at.Column, code, message));

    public void Warning(string file, YamlScalar expression, CelIssue issue)
    {
        var (line, column) = expression.Locate(issue.Offset);
        _warnings.Add(new(file, line, column, issue.Code, issue.Message, issue.Suggestion));
    }
}
