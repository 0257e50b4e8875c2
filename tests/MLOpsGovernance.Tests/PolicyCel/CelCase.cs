using System.Text.Json;

namespace MLOpsGovernance.Tests.PolicyCel;

internal sealed record CelOverloadDeclaration(string Id, string[] Params, string Result, bool Instance);

internal sealed record CelDeclaration(string Name, string? Type, CelOverloadDeclaration[]? Overloads);

internal sealed record CelCase(
    string Id, string File, string Tier, string Expr, string? Container, bool DisableCheck, bool CheckOnly, bool DisableMacros, bool CelGoSkips,
    CelDeclaration[]? TypeEnv, Dictionary<string, JsonElement>? Bindings, JsonElement? Value, string[]? Error, string? DeducedType, string? CelgoType);

internal sealed record CelCaseFile(CelCase[] Cases)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static CelCaseFile Load(string path) => JsonSerializer.Deserialize<CelCaseFile>(System.IO.File.ReadAllBytes(path), Options)!;
}
