using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Syntax;

internal enum TokenKind : byte
{
    End, Identifier, QuotedIdentifier, Keyword, Int, UInt, Double, String, Bytes,
    Dot, Comma, Colon, Question, OpenParen, CloseParen, OpenBracket, CloseBracket, OpenBrace, CloseBrace,
    Plus, Minus, Star, Slash, Percent, Not, And, Or, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual,
}

/// <param name="Text">Name of an identifier or keyword, digits of a number; empty for signs.</param>
/// <param name="Value">Value of a string, bytes or double literal.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int End, string Text = "", CelValue Value = default)
{
    public string Describe() => Kind switch
    {
        TokenKind.End => "the end of the expression",
        TokenKind.Identifier or TokenKind.Keyword => $"'{Text}'",
        TokenKind.QuotedIdentifier => $"'`{Text}`'",
        TokenKind.Int or TokenKind.UInt or TokenKind.Double => $"the number {Text}",
        TokenKind.String or TokenKind.Bytes => "a string literal",
        _ => $"'{Sign(Kind)}'",
    };

    public static string Sign(TokenKind kind) => kind switch
    {
        TokenKind.Dot => ".",
        TokenKind.Comma => ",",
        TokenKind.Colon => ":",
        TokenKind.Question => "?",
        TokenKind.OpenParen => "(",
        TokenKind.CloseParen => ")",
        TokenKind.OpenBracket => "[",
        TokenKind.CloseBracket => "]",
        TokenKind.OpenBrace => "{",
        TokenKind.CloseBrace => "}",
        TokenKind.Plus => "+",
        TokenKind.Minus => "-",
        TokenKind.Star => "*",
        TokenKind.Slash => "/",
        TokenKind.Percent => "%",
        TokenKind.Not => "!",
        TokenKind.And => "&&",
        TokenKind.Or => "||",
        TokenKind.Equal => "==",
        TokenKind.NotEqual => "!=",
        TokenKind.Less => "<",
        TokenKind.LessOrEqual => "<=",
        TokenKind.Greater => ">",
        TokenKind.GreaterOrEqual => ">=",
        _ => kind.ToString(),
    };
}
