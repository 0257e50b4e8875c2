namespace MLOpsGovernance.Policy.Documents;

/// <summary>
/// What may stand in a mapping, in the order in which it is written. The strict readers refuse by it, the JSON Schema for editors is written from it, and
/// formatting orders by it, so the three cannot part.
/// </summary>
internal sealed record Form(string Description, params IReadOnlyList<FormKey> Keys)
{
    public string[] Names { get; } = [.. Keys.Select(static k => k.Name)];

    public FormKey? Find(string name) => Keys.FirstOrDefault(k => k.Name == name);
}

internal sealed record FormKey(string Name, FormValue Value, string Description, bool Required = false);

/// <summary>What the value of a key may be.</summary>
internal abstract record FormValue
{
    public static readonly FormValue Any = new Anything(), Flag = new Truth(), Line = new Text(null), Instant = new Text(null), Number = new Figure(null, null);

    public sealed record Anything : FormValue;

    public sealed record Truth : FormValue;

    /// <summary>Not blank; <paramref name="Pattern"/> is one that the reader holds it to as well.</summary>
    public sealed record Text(string? Pattern) : FormValue;

    public sealed record Word(params IReadOnlyList<string> Words) : FormValue;

    /// <summary>A number; a whole one where bounds are given.</summary>
    public sealed record Figure(long? Least, long? Most) : FormValue;

    public sealed record Texts(IReadOnlyList<string>? Words = null, int AtLeast = 0) : FormValue;

    public sealed record Record(Form Form) : FormValue;

    public sealed record Records(Form Form, int AtLeast = 0, int? AtMost = null) : FormValue;

    /// <summary>A mapping whose keys are names of the author.</summary>
    public sealed record Named(FormValue Value) : FormValue;
}
