using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Policy.Documents;

namespace MLOpsGovernance.Policy;

/// <summary>
/// JSON Schemas of the documents that people write, for editors. They refuse less than loading does, because no schema knows types, costs and references; what
/// they refuse, loading refuses too.
/// </summary>
public static class PolicySchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Of documents of kind Policy.</summary>
    public static string OfPolicy { get; } = Text("Policy", PolicyForm.Document);

    /// <summary>Of documents of kind PolicyTest.</summary>
    public static string OfTest { get; } = Text("PolicyTest", PolicyTestForm.Document);

    private static string Text(string title, Form form)
    {
        var schema = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = title };
        foreach (var (key, value) in SchemaText.Of(form)) schema[key] = value!.DeepClone();
        return schema.ToJsonString(Indented).ReplaceLineEndings("\n");
    }
}
