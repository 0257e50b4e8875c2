using System.Globalization;
using Microsoft.OpenApi;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>What many operations have in common: how to sign in, headers, and errors.</summary>
internal static class SharedDescriptions
{
    public const string IdempotencyKey = "IdempotencyKey", IfMatch = "IfMatch", IfNoneMatch = "IfNoneMatch", ETag = "ETag", Location = "Location", RetryAfter = "Retry-After";

    private const string Bearer = "bearer", Problem = "Problem";

    private static readonly (int Status, string Name, string Says)[] Answers =
    [
        (304, "NotModified", "The copy that If-None-Match names is still right."),
        (400, "Malformed", "The request cannot be read, or a field cannot be: `errors` says which and what is allowed."),
        (401, "Unauthenticated", "No credential, or one that this service does not accept."),
        (403, "Forbidden", "This caller may not do that, by role or by what they had a hand in. The attempt is recorded."),
        (404, "Unknown", "There is no such thing."),
        (409, "Conflict", "The state it is in does not allow it. The attempt is recorded."),
        (412, "PreconditionFailed", "It is not at the version that If-Match names: `currentVersion` is the one it is at. Nothing was changed."),
        (413, "TooLarge", "The body is larger than 1 MiB."),
        (415, "NotJson", "The body is not application/json."),
        (422, "Unprocessable", "It is well-formed and cannot be true, or an idempotency key was used for something else."),
        (429, "TooMany", "More checks in a second than one identity may ask for. No decision was made."),
        (503, "Unavailable", "The store or the identity provider cannot be reached, or others are changing the same thing. Nothing is allowed meanwhile."),
    ];

    public static string Status(int status) => status.ToString(CultureInfo.InvariantCulture);

    public static string Name(int status) => Array.Find(Answers, a => a.Status == status) is { Name: { } name } ? name : throw new ArgumentOutOfRangeException(nameof(status), status, null);

    public static void AddTo(OpenApiDocument document)
    {
        var shared = document.Components ??= new();
        (shared.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal))[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = Bearer,
            Description = "A token of the identity provider for a person or a program, or an API key for a pipeline. On a development server also dev:{role} or dev:{role}:{subject}.",
        };
        (document.Security ??= []).Add(new() { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] });

        (shared.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))[Problem] = ProblemSchema();
        (shared.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal))[ETag] =
            new OpenApiHeader { Schema = Text(), Description = "`\"{version}.{digest}\"`: the version in the history, which If-Match compares, and the digest of this very answer." };
        shared.Headers[Location] = new OpenApiHeader { Schema = Text(), Description = "Where what was made can be read." };
        shared.Headers[RetryAfter] = new OpenApiHeader { Schema = new OpenApiSchema { Type = JsonSchemaType.Integer }, Description = "Seconds to wait before the next try." };

        shared.Parameters ??= new Dictionary<string, IOpenApiParameter>(StringComparer.Ordinal);
        shared.Parameters[IdempotencyKey] = Header(
            "Idempotency-Key", "1 to 128 visible ASCII characters. A repeated key gets the first answer; the same key with another request is refused.", new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = CallerIdentity.MostKey });
        shared.Parameters[IfMatch] = Header("If-Match", "The ETag, or the version alone, on which the change rests: refused with 412 when it has changed since. Left out, the change is made whatever the version is.", Text());
        shared.Parameters[IfNoneMatch] = Header("If-None-Match", "The ETag of a copy: answered with 304 while it is still right.", Text());

        shared.Responses ??= new Dictionary<string, IOpenApiResponse>(StringComparer.Ordinal);
        foreach (var (status, name, says) in Answers) shared.Responses[name] = Response(document, status, says);
    }

    private static OpenApiResponse Response(OpenApiDocument document, int status, string says)
    {
        var response = new OpenApiResponse { Description = says };
        if (status >= 400)
            response.Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(Problem, document) } };
        if (status is 429 or 503) response.Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal) { [RetryAfter] = new OpenApiHeaderReference(RetryAfter, document) };
        return response;
    }

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "An error as RFC 9457 has it. Programs go by the code, which never changes; some codes bring further members.",
        Required = new HashSet<string>(StringComparer.Ordinal) { "status", "title", "detail", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = Text(),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["title"] = Text(),
            ["detail"] = Text("What is wrong and what is allowed, in a sentence."),
            ["code"] = Text("Stable, such as `decision-overtaken`."),
            ["traceId"] = Text("Finds the request in traces and logs."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "By field.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text() },
            },
        },
    };

    private static OpenApiSchema Text(string? says = null) => new() { Type = JsonSchemaType.String, Description = says };

    private static OpenApiParameter Header(string name, string says, OpenApiSchema schema) => new() { Name = name, In = ParameterLocation.Header, Description = says, Schema = schema };
}
