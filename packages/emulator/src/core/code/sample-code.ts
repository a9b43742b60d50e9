import type { Language } from "../functions/rules/runtime.ts";

const samples: Partial<Record<Language, (name: string) => string>> = {
  node: (name) => `exports.${name} = async (event, context) => {
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json' },
    isBase64Encoded: false,
    body: JSON.stringify(event),
  };
};
`,
  python: (name) => `# -*- coding:utf-8 -*-
import json


def ${name}(event, context):
    return {
        'statusCode': 200,
        'headers': {'Content-Type': 'application/json'},
        'isBase64Encoded': False,
        'body': json.dumps(event),
    }
`,
  php: (name) => `<?php
function ${name}($event, $context) {
    return array(
        'statusCode' => 200,
        'headers' => array('Content-Type' => 'application/json'),
        'isBase64Encoded' => false,
        'body' => json_encode($event),
    );
}
`,
};

/** The source text that a function of this language gets when it is created without any; undefined for languages that are compiled. */
export function sampleCode(language: Language, handler: string): string | undefined {
  return samples[language]?.(handler.slice(handler.lastIndexOf(".") + 1));
}
