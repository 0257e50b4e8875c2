using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>The API as programs read it, at <c>/openapi/v1.json</c>. What all operations share is described once, and each refers to what may happen to it.</summary>
internal static class ApiDescription
{
    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(api =>
    {
        api.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context);
            return Task.CompletedTask;
        });
        api.AddSchemaTransformer((schema, context, _) =>
        {
            // What is null is left out of an answer, so nobody may be told that it is always there.
            foreach (var property in context.JsonTypeInfo.Properties.Where(p => p.IsGetNullable)) schema.Required?.Remove(property.Name);
            // Times have a reader of their own, which hides from the description that they are text.
            if (schema is { Format: "date-time", Type: null }) schema.Type = context.JsonPropertyInfo is { IsGetNullable: true } ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
            return Task.CompletedTask;
        });
        api.AddDocumentTransformer((document, _, _) =>
        {
            (document.Info.Title, document.Info.Version) = ("MLOpsGovernance", "v1");
            SharedDescriptions.AddTo(document);
            // A record's property gives its parameter a capital, where every other name of the API begins small.
            foreach (var parameter in document.Paths.Values.Where(p => p.Operations is not null).SelectMany(p => p.Operations!.Values).SelectMany(o => o.Parameters ?? []).OfType<OpenApiParameter>())
                parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name ?? "");
            return Task.CompletedTask;
        });
    });

    /// <summary>Says what an endpoint answers with when all is well. Its errors follow from method and path, unless it names those that do not.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int status = 200, params int[] errors) =>
        endpoint.Produces<T>(status).WithMetadata(new Described(typeof(T).IsAssignableTo(typeof(ITagged)), errors));

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var (method, metadata) = (context.Description.HttpMethod ?? "", context.Description.ActionDescriptor.EndpointMetadata);
        if (metadata.OfType<Described>().LastOrDefault() is not { } described || context.Document is not { } document) return;
        var reads = HttpMethods.IsGet(method);
        // An operation that names its errors itself is none of those in which a stream decides on a command.
        var decides = !reads && described.Errors.Length == 0;
        var named = context.Description.RelativePath?.Contains('{', StringComparison.Ordinal) ?? false;
        var body = metadata.OfType<IAcceptsMetadata>().Any();

        operation.Parameters ??= [];
        operation.Responses ??= [];
        if (decides || (!reads && described.Errors.Contains(403))) operation.Parameters.Add(new OpenApiParameterReference(SharedDescriptions.IdempotencyKey, document));
        if (decides && named) operation.Parameters.Add(new OpenApiParameterReference(SharedDescriptions.IfMatch, document));
        if (reads && described.Tagged) operation.Parameters.Add(new OpenApiParameterReference(SharedDescriptions.IfNoneMatch, document));
        if (operation.Parameters.Count == 0) operation.Parameters = null;

        if (described.Tagged) Add(SharedDescriptions.ETag);
        if (operation.Responses.ContainsKey("201") || operation.Responses.ContainsKey("202")) Add(SharedDescriptions.Location);

        IEnumerable<int> errors =
        [
            .. reads && described.Tagged ? [304] : Array.Empty<int>(), 400, 401,
            .. named ? new[] { 404 } : [], .. decides ? new[] { 403, 404, 409, 422 } : [], .. decides && named ? new[] { 412 } : [], .. body ? new[] { 413, 415 } : [], .. described.Errors, 503,
        ];
        foreach (var error in errors.Distinct().Order()) operation.Responses[SharedDescriptions.Status(error)] = new OpenApiResponseReference(SharedDescriptions.Name(error), document);

        void Add(string header)
        {
            foreach (var response in operation.Responses!.Values.OfType<OpenApiResponse>())
                (response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal))[header] = new OpenApiHeaderReference(header, document);
        }
    }

    private sealed record Described(bool Tagged, int[] Errors);
}
