using MLOpsGovernance.Policy.Documents;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy;

/// <summary>Facts that somebody wrote down, for tools that judge by them.</summary>
public static class PolicyFacts
{
    /// <summary>The facts as JSON in UTF-8, by the rules that hold for the facts of tests; or what is wrong with the file.</summary>
    public static (byte[]? Facts, IReadOnlyList<LoadError> Errors) Read(PolicyFile file)
    {
        var diagnostics = new Diagnostics();
        var root = YamlReader.Read(file, diagnostics);
        if (root is not null and not YamlMapping) diagnostics.Error(file.Path, root, "document.form", "Facts are a mapping of names and values.");
        return diagnostics.Count > 0 ? (null, diagnostics.Errors) : (YamlJson.Utf8(root!), []);
    }
}
